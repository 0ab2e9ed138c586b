@iso15118-2 @sut-secc @performance @exclusive
Feature: Response times of the station
  How fast an answer comes is reported apart from what it says.

  @HIL-TM06
  Rule: A request without a longer time of its own is answered within 1.5 s

    Scenario Outline: <message>
      Given a session in which the SECC waits for <message>
      When the EVCC sends <message>
      Then the SECC answers within 1.5 s

      Examples: every such request of a session
        | message                     |
        | supportedAppProtocolReq     |
        | SessionSetupReq             |
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
        | CableCheckReq               |
        | PreChargeReq                |
        | WeldingDetectionReq         |
        | SessionStopReq              |

    Scenario: A pilot that does not follow
      Given a session in which the SECC waits for CableCheckReq
      And the vehicle has gone to state B
      When the EVCC sends CableCheckReq
      Then the SECC answers within 1.5 s

  @HIL-TM07
  Rule: PowerDeliveryReq is answered within 4.5 s

    Scenario Outline: <when>
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends PowerDeliveryReq
      Then the SECC answers within 4.5 s

      Examples: both ends of charging
        | when  | awaited                |
        | Start | PowerDeliveryReq       |
        | Stop  | PowerDeliveryReq again |

  @HIL-TM08
  Rule: CurrentDemandReq is answered within 25 ms

    Scenario Outline: <when>
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends CurrentDemandReq
      Then the SECC answers within 25 ms

      Examples: without current and with it
        | when            | awaited                |
        | the first       | CurrentDemandReq       |
        | the one after it | CurrentDemandReq again |
