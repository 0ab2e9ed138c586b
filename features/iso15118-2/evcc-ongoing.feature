@iso15118-2 @sut-evcc @HIL-SE15
Feature: A station that is not ready
  Ongoing is waited for, but not for ever.

  @HIL-TM11
  Rule: The EVCC waits 60 s for the end of Ongoing in authorisation and charge parameters

    Scenario Outline: The station stays Ongoing
      Given a session in which the EVCC waits for <response>
      When for 70 s the SECC keeps answering <response> with
        | EVSEProcessing | Ongoing |
      Then the EVCC closed the connection 60 s after its first <request>
      And a following session completes

      Examples:
        | request                     | response                    |
        | AuthorizationReq            | AuthorizationRes            |
        | ChargeParameterDiscoveryReq | ChargeParameterDiscoveryRes |

    @boundary
    Scenario Outline: The station is ready just in time
      Given a session in which the EVCC waits for <response>
      When for 59 s the SECC keeps answering <response> with
        | EVSEProcessing | Ongoing |
      Then the EVCC goes on with <next>

      Examples:
        | response                    | next                        |
        | AuthorizationRes            | ChargeParameterDiscoveryReq |
        | ChargeParameterDiscoveryRes | CableCheckReq               |

    Scenario: Waiting for the customer is Ongoing too
      Given a session in which the EVCC waits for AuthorizationRes
      When for 30 s the SECC keeps answering AuthorizationRes with
        | EVSEProcessing | Ongoing_WaitingForCustomerInteraction |
      Then the EVCC goes on with ChargeParameterDiscoveryReq

  @V2G2-702
  Rule: The EVCC waits 40 s for the cable check

    Scenario: The cable check does not end
      Given a session in which the EVCC waits for CableCheckRes
      When for 50 s the SECC keeps answering CableCheckRes with
        | EVSEProcessing | Ongoing |
      Then the EVCC closed the connection 40 s after its first CableCheckReq
      And the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC never sends PreChargeReq
      And a following session completes

    @boundary
    Scenario: The cable check ends just in time
      Given a session in which the EVCC waits for CableCheckRes
      When for 35 s the SECC keeps answering CableCheckRes with
        | EVSEProcessing | Ongoing |
      Then the EVCC sends PreChargeReq within 5 s

  @HIL-TM15
  Rule: The EVCC waits 7 s for the voltage in pre-charge

    Scenario: The voltage does not come
      Given a session in which the EVCC waits for PreChargeRes
      When for 15 s the SECC keeps answering PreChargeRes with
        | ResponseCode | OK |
      Then the EVCC closed the connection 7 s after its first PreChargeReq
      And the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC never closes its contactor
      And a following session completes

    @boundary
    Scenario: The voltage comes just in time
      Given a session in which the EVCC waits for PreChargeRes
      When for 5.5 s the SECC keeps answering PreChargeRes with
        | ResponseCode | OK |
      Then the EVCC sends PowerDeliveryReq within 1.5 s
