@iso15118-2 @sut-evcc
Feature: V2G_EVCC_Msg_Timeout
  A station that falls silent must not hold the car: it stops, opens its contactor and shows B.

  @HIL-TM01
  Rule: The EVCC waits 2 s for a response without a longer time of its own

    Scenario Outline: The station falls silent
      Given a session in which the EVCC waits for <response>
      When the SECC sends nothing more
      Then the EVCC closes the connection 2 s after its last request
      And the EVCC has opened its contactor and shows state B within 2.25 s
      And the EVCC goes no further
      And a following session completes

      Examples:
        | response                    |
        | supportedAppProtocolRes     |
        | SessionSetupRes             |
        | ServiceDiscoveryRes         |
        | PaymentServiceSelectionRes  |
        | AuthorizationRes            |
        | ChargeParameterDiscoveryRes |
        | CableCheckRes               |
        | PreChargeRes                |
        | WeldingDetectionRes         |
        | SessionStopRes              |

    @boundary
    Scenario Outline: The response comes just in time
      Given a session in which the EVCC waits for <response>
      When 1.9 s after the last request the SECC answers
      Then the EVCC goes on with <next>

      Examples:
        | response                    | next                        |
        | supportedAppProtocolRes     | SessionSetupReq             |
        | SessionSetupRes             | ServiceDiscoveryReq         |
        | ServiceDiscoveryRes         | PaymentServiceSelectionReq  |
        | PaymentServiceSelectionRes  | AuthorizationReq            |
        | AuthorizationRes            | ChargeParameterDiscoveryReq |
        | ChargeParameterDiscoveryRes | CableCheckReq               |
        | CableCheckRes               | CableCheckReq               |
        | PreChargeRes                | PreChargeReq                |

    @boundary
    Scenario: The response to WeldingDetectionReq comes just in time
      Given a session in which the EVCC waits for WeldingDetectionRes
      When 1.9 s after the last request the SECC answers
      Then the EVCC sends SessionStopReq within 5 s

  @HIL-TM04
  Rule: The EVCC waits 5 s for PowerDeliveryRes

    Scenario: The station falls silent before charging
      Given a session in which the EVCC waits for PowerDeliveryRes
      When the SECC sends nothing more
      Then the EVCC closes the connection 5 s after its last request
      And the EVCC has opened its contactor and shows state B within 5.25 s
      And a following session completes

    Scenario: The station falls silent at the end of charging
      Given a session in which the EVCC waits for PowerDeliveryRes after charging
      When the SECC sends nothing more
      Then the EVCC closes the connection 5 s after its last request
      And the EVCC has opened its contactor and shows state B within 5.25 s
      And a following session completes

    @boundary
    Scenario: The response comes just in time before charging
      Given a session in which the EVCC waits for PowerDeliveryRes
      When 4.9 s after the last request the SECC answers
      Then the EVCC goes on with CurrentDemandReq

    @boundary
    Scenario: The response comes just in time at the end of charging
      Given a session in which the EVCC waits for PowerDeliveryRes after charging
      When 4.9 s after the last request the SECC answers
      Then the EVCC goes on with WeldingDetectionReq

  @HIL-TM05
  Rule: The EVCC waits 250 ms for CurrentDemandRes

    Scenario: The station falls silent in the charging loop
      Given a session in which the EVCC waits for CurrentDemandRes
      When the SECC sends nothing more
      Then the EVCC closes the connection 250 ms after its last request
      And the EVCC has opened its contactor and shows state B within 500 ms
      And the EVCC goes no further
      And a following session completes

    @boundary
    Scenario: The response comes just in time in the charging loop
      Given a session in which the EVCC waits for CurrentDemandRes
      When 230 ms after the last request the SECC answers
      Then the EVCC goes on with CurrentDemandReq
