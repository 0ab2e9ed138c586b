@iso15118-2 @sut-evcc
Feature: Refusals
  What a station refuses is not asked again: the car takes nothing from the refusal and stops.

  @V2G2-735
  Rule: After a FAILED response the EVCC ends the session

    Scenario Outline: The station refuses
      Given a session in which the EVCC waits for <response>
      When the SECC gives <response> with
        | ResponseCode | <code> |
      Then the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC closes the connection within 5 s
      And the EVCC goes no further
      And a following session completes

      Examples:
        | response                    | code                           |
        | supportedAppProtocolRes     | Failed_NoNegotiation           |
        | SessionSetupRes             | FAILED                         |
        | ServiceDiscoveryRes         | FAILED                         |
        | PaymentServiceSelectionRes  | FAILED_PaymentSelectionInvalid |
        | AuthorizationRes            | FAILED                         |
        | ChargeParameterDiscoveryRes | FAILED_WrongChargeParameter    |
        | CableCheckRes               | FAILED                         |
        | PreChargeRes                | FAILED                         |
        | PowerDeliveryRes            | FAILED_PowerDeliveryNotApplied |
        | CurrentDemandRes            | FAILED                         |
        | CurrentDemandRes            | FAILED_SequenceError           |
        | WeldingDetectionRes         | FAILED_UnknownSession          |

    Scenario: The end of charging is refused
      Given a session in which the EVCC waits for PowerDeliveryRes after charging
      When the SECC gives PowerDeliveryRes with
        | ResponseCode | FAILED |
      Then the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC closes the connection within 5 s
      And the EVCC goes no further
      And a following session completes

  @V2G2-734
  Rule: After a response whose code starts with OK the EVCC goes on

    Scenario Outline: OK with a reservation
      Given a session in which the EVCC waits for <response>
      When the SECC gives <response> with
        | ResponseCode | <code> |
      Then the EVCC goes on with <next>

      Examples:
        | response                | code                                      | next                |
        | supportedAppProtocolRes | OK_SuccessfulNegotiationWithMinorDeviation | SessionSetupReq     |
        | SessionSetupRes         | OK_OldSessionJoined                       | ServiceDiscoveryReq |

  @V2G2-179
  Rule: The EVCC speaks only a protocol that it has offered

    Scenario: A SchemaID that was not offered
      Given a session in which the EVCC waits for supportedAppProtocolRes
      When the SECC gives supportedAppProtocolRes with
        | SchemaID | 77 |
      Then the EVCC closes the connection within 5 s
      And the EVCC never sends SessionSetupReq
      And a following session completes

  @HIL-SE16
  Rule: A wrong or foreign response makes the EVCC stop safely

    Scenario Outline: The response to another request
      Given a session in which the EVCC waits for <response>
      When the SECC answers <wrong> instead
      Then the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC closes the connection within 5 s
      And the EVCC goes no further
      And a following session completes

      Examples:
        | response                    | wrong                       |
        | SessionSetupRes             | ServiceDiscoveryRes         |
        | ServiceDiscoveryRes         | AuthorizationRes            |
        | PaymentServiceSelectionRes  | SessionSetupRes             |
        | AuthorizationRes            | ChargeParameterDiscoveryRes |
        | ChargeParameterDiscoveryRes | CableCheckRes               |
        | CableCheckRes               | PreChargeRes                |
        | PreChargeRes                | PowerDeliveryRes            |
        | PowerDeliveryRes            | CurrentDemandRes            |
        | CurrentDemandRes            | PowerDeliveryRes            |
        | WeldingDetectionRes         | SessionStopRes              |
        | SessionStopRes              | WeldingDetectionRes         |

    Scenario Outline: The response of another session
      Given a session in which the EVCC waits for <response>
      When the SECC gives <response> with
        | Header.SessionID | <id> |
      Then the EVCC has opened its contactor and shows state B within 250 ms
      And the EVCC closes the connection within 5 s
      And the EVCC goes no further
      And a following session completes

      Examples:
        | response                    | id                                    |
        | ServiceDiscoveryRes         | another one                           |
        | ServiceDiscoveryRes         | zero                                  |
        | PaymentServiceSelectionRes  | another one                           |
        | AuthorizationRes            | another one                           |
        | ChargeParameterDiscoveryRes | the assigned one without its last byte |
        | CableCheckRes               | another one                           |
        | PreChargeRes                | another one                           |
        | PowerDeliveryRes            | another one                           |
        | CurrentDemandRes            | another one                           |
        | CurrentDemandRes            | zero                                  |
        | WeldingDetectionRes         | another one                           |

    Scenario Outline: A response that cannot be read
      Given a session in which the EVCC waits for <response>
      When the SECC sends <bad>
      Then the EVCC has opened its contactor and shows state B within 2.25 s
      And the EVCC closes the connection within 5 s
      And the EVCC goes no further
      And a following session completes

      Examples:
        | response                    | bad                |
        | supportedAppProtocolRes     | random bytes       |
        | SessionSetupRes             | random bytes       |
        | ChargeParameterDiscoveryRes | random bytes       |
        | CableCheckRes               | a single zero byte |
        | CurrentDemandRes            | random bytes       |
        | CurrentDemandRes            | a DIN 70121 message |
        | SessionStopRes              | a single zero byte |

  @HIL-G4
  Rule: An invalid V2GTP frame is discarded in silence

    Scenario Outline: Before the right response
      Given a session in which the EVCC waits for <response>
      When the SECC sends <bad> before its answer
      Then the EVCC goes on with <next>

      Examples:
        | response                | bad                             | next                       |
        | supportedAppProtocolRes | a frame of protocol version FF  | SessionSetupReq            |
        | SessionSetupRes         | a frame of inverse version FF   | ServiceDiscoveryReq        |
        | ServiceDiscoveryRes     | a frame of payload type 7001    | PaymentServiceSelectionReq |
        | AuthorizationRes        | a frame of payload type 8002    | ChargeParameterDiscoveryReq |
        | CableCheckRes           | an empty frame                  | CableCheckReq              |
        | CurrentDemandRes        | a frame of payload type 9000                 | CurrentDemandReq           |

  @HIL-VT02
  Rule: A payload length above the limit closes the connection

    Scenario Outline: 4 GiB announced
      Given a session in which the EVCC waits for <response>
      When the SECC sends a frame that announces 4 GiB
      Then the EVCC closes the connection within 5 s
      And the EVCC has opened its contactor and shows state B within 2.25 s
      And a following session completes

      Examples:
        | response            |
        | ServiceDiscoveryRes |
        | CurrentDemandRes    |
