@robustness @sut-secc
Feature: Duplicate requests
  Some vehicles send a request twice when an answer is late. A station may be set to answer the second with the first one's answer.

  @HIL-SE17
  Rule: Unless it is set to do so, a station takes the second for another request

    Scenario: A request twice
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      When 20 ms after the last response the EVCC repeats its last request
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s
      And a following session completes

  @HIL-DR01
  Rule: A byte-identical repeat inside the window is answered with the stored response

    Background:
      Given a SECC with
        | V2G_DUPLICATE_RESEND_ENABLED  | 1 |
        | V2G_DUPLICATE_RESEND_WINDOW_S | 2 |
        | V2G_DUPLICATE_RESEND_MAX      | 3 |

    Scenario Outline: <message> twice
      Given a session in which the SECC waits for <message>
      And the EVCC has sent <message> 1 time
      When 20 ms after the last response the EVCC repeats its last request
      Then the SECC repeats its last response
      And the connection stays open

      Examples: requests that lead to another state
        | message                     |
        | supportedAppProtocolReq     |
        | SessionSetupReq             |
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
        | SessionStopReq              |

    Scenario: The session goes on behind it
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And the EVCC has repeated its last request 2 times
      When the EVCC sends PaymentServiceSelectionReq
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode OK

    Scenario: A repeat is counted, and is no decode error
      Given a session in which the SECC waits for supportedAppProtocolReq
      And the EVCC has sent supportedAppProtocolReq 1 time
      And the EVCC has repeated its last request 2 times
      When the EVCC closes the connection
      Then the SECC counts
        | dup_resent_count     | 2    |
        | dup_resend_enabled   | true |
        | dup_window_s         | 2    |
        | dup_resend_max       | 3    |
        | rx_decode_errors     | 0    |
        | rx_validation_errors | 0    |

    Scenario: Just inside the window
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      When 1.98 s after the last response the EVCC repeats its last request
      Then the SECC repeats its last response

    Scenario: Just outside the window
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      When 2.02 s after the last response the EVCC repeats its last request
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

    Scenario: A repeat does not prolong the window
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And 1.5 s after the last response the EVCC repeats its last request
      When 0.6 s after the last response the EVCC repeats its last request
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError

    Scenario: As often as is allowed
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And the EVCC has repeated its last request 2 times
      When 20 ms after the last response the EVCC repeats its last request
      Then the SECC repeats its last response

    Scenario: Once more than is allowed
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And the EVCC has repeated its last request 3 times
      When 20 ms after the last response the EVCC repeats its last request
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

    Scenario: The same request in other words
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      When the EVCC sends ServiceDiscoveryReq with
        | ServiceCategory | EVCharging |
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError

    Scenario: An older request
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And the EVCC has sent PaymentServiceSelectionReq 1 time
      When the EVCC sends ServiceDiscoveryReq
      Then the SECC answers ServiceDiscoveryRes with ResponseCode FAILED_SequenceError

  @HIL-DR02
  Rule: A repeat that the state accepts is a request like any other, however often it comes

    Background:
      Given a SECC with
        | V2G_DUPLICATE_RESEND_ENABLED | 1 |
        | V2G_DUPLICATE_RESEND_MAX     | 3 |

    Scenario Outline: <message> over and over
      Given a session in which the SECC waits for <message> again
      And the EVCC has sent <message> 1 time
      And the EVCC has repeated its last request 5 times
      When the EVCC sends <message>
      Then the SECC answers <response> with ResponseCode OK

      Examples: requests that vehicles repeat
        | message          | response         |
        | CableCheckReq    | CableCheckRes    |
        | CurrentDemandReq | CurrentDemandRes |

    Scenario: The answer to a poll is a fresh one
      Given a session in which the SECC waits for CableCheckReq
      And the EVCC has sent CableCheckReq 1 time
      When 15 s after the last response the EVCC repeats its last request
      Then the answer is CableCheckRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

    Scenario: They are not counted
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC has repeated its last request 5 times
      When the EVCC closes the connection
      Then the SECC counts
        | dup_resent_count | 0 |
