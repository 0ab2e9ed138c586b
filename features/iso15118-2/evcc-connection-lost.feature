@iso15118-2 @sut-evcc
Feature: Lost connections
  Without the connection there is no charging, in whatever state it breaks.

  @HIL-TC06
  Rule: A connection that is closed or reset makes the EVCC stop safely

    Scenario Outline: The station ends the connection
      Given a session in which the EVCC waits for <response>
      When the SECC <ends> the connection
      Then the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC leaves the network with a fresh key within 5 s of the end of the connection
      And a following session completes

      Examples: closed in good order
        | response                    | ends   |
        | supportedAppProtocolRes     | closes |
        | SessionSetupRes             | closes |
        | ServiceDiscoveryRes         | closes |
        | PaymentServiceSelectionRes  | closes |
        | AuthorizationRes            | closes |
        | ChargeParameterDiscoveryRes | closes |
        | CableCheckRes               | closes |
        | PreChargeRes                | closes |
        | PowerDeliveryRes            | closes |
        | CurrentDemandRes            | closes |
        | WeldingDetectionRes         | closes |
        | SessionStopRes              | closes |

      Examples: reset
        | response                    | ends   |
        | supportedAppProtocolRes     | resets |
        | SessionSetupRes             | resets |
        | ServiceDiscoveryRes         | resets |
        | PaymentServiceSelectionRes  | resets |
        | AuthorizationRes            | resets |
        | ChargeParameterDiscoveryRes | resets |
        | CableCheckRes               | resets |
        | PreChargeRes                | resets |
        | PowerDeliveryRes            | resets |
        | CurrentDemandRes            | resets |
        | WeldingDetectionRes         | resets |
        | SessionStopRes              | resets |
