@robustness @sut-secc
Feature: Payloads that are no messages
  What cannot be read is never answered. How much of it a session survives is a matter of settings; none, by default.

  @HIL-DE01
  Rule: The first unreadable payload over V2G_MAX_DECODE_ERRORS ends the session without an answer

    Scenario Outline: <what> while <awaited> is awaited
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends <what>
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes

      @HIL-EX01
      Examples: random octets, in every state
        | what         | awaited                     |
        | random bytes | supportedAppProtocolReq     |
        | random bytes | SessionSetupReq             |
        | random bytes | ServiceDiscoveryReq         |
        | random bytes | PaymentServiceSelectionReq  |
        | random bytes | AuthorizationReq            |
        | random bytes | ChargeParameterDiscoveryReq |
        | random bytes | CableCheckReq               |
        | random bytes | PreChargeReq                |
        | random bytes | PowerDeliveryReq            |
        | random bytes | CurrentDemandReq            |
        | random bytes | WeldingDetectionReq         |
        | random bytes | SessionStopReq              |

      @HIL-EX02
      Examples: parts of messages
        | what                            | awaited             |
        | a request without its last byte | SessionSetupReq     |
        | a request without its last byte | CurrentDemandReq    |
        | a single zero byte              | ServiceDiscoveryReq |

      @HIL-EX03
      Examples: messages of another schema
        | what                | awaited             |
        | a DIN 70121 message | ServiceDiscoveryReq |
        | a DIN 70121 message | CurrentDemandReq    |

      @HIL-EX09
      Examples: other ways to begin an EXI document
        | what                                 | awaited          |
        | a request with an EXI options header | SessionSetupReq  |
        | a request with the $EXI cookie       | AuthorizationReq |

      @HIL-EX06
      Examples: codes that mean nothing
        | what                                   | awaited                     |
        | a request with an unused event code    | SessionSetupReq             |
        | a request with an unused event code    | CurrentDemandReq            |
        | a request for a mode that there is not | ChargeParameterDiscoveryReq |

      @HIL-SA04
      Examples: a priority that there is not
        | what                           | awaited                 |
        | an offer with a priority of 21 | supportedAppProtocolReq |

      @HIL-EX07
      Examples: a number without an end
        | what                                              | awaited         |
        | a SessionSetupReq with a length that does not end | SessionSetupReq |

    @HIL-EX12 @HIL-SE10
    Scenario Outline: <what> is refused in one way or the other
      Given a session in which the SECC waits for ChargeParameterDiscoveryReq
      When the EVCC sends <what>
      Then the SECC ends the session within 5 s
      And a following session completes

      Examples: values beyond the range of their type
        | what                                    |
        | a request with a multiplier of 4        |
        | a request with a state of charge of 127 |

    Scenario: The charge loop ends safely
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends random bytes
      Then the SECC does not answer
      And the SECC ends the session within 5 s

    Scenario: As many as are allowed
      Given a SECC with
        | V2G_MAX_DECODE_ERRORS | 2 |
      And a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent random bytes 2 times
      When the EVCC sends ServiceDiscoveryReq
      Then the SECC answers ServiceDiscoveryRes with ResponseCode OK

    Scenario: One more than is allowed
      Given a SECC with
        | V2G_MAX_DECODE_ERRORS | 2 |
      And a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent random bytes 2 times
      When the EVCC sends random bytes
      Then the SECC does not answer
      And the SECC ends the session within 5 s

    Scenario: Good messages in between make no difference
      Given a SECC with
        | V2G_MAX_DECODE_ERRORS | 2 |
      And a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent random bytes 2 times
      And the EVCC has sent ServiceDiscoveryReq 1 time
      When the EVCC sends random bytes
      Then the SECC ends the session within 5 s

  @HIL-MT01
  Rule: Every session ends with a line that counts its faults

    Scenario: Unreadable payloads
      Given a SECC with
        | V2G_MAX_DECODE_ERRORS | 2 |
      And a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent random bytes 2 times
      When the EVCC closes the connection
      Then the SECC counts
        | rx_decode_errors     | 2 |
        | rx_validation_errors | 0 |
        | rx_invalid_v2gtp     | 0 |
        | dup_resent_count     | 0 |

  @HIL-EX04
  Rule: A message that breaks a bound of its schema is served and counted, unless bounds are strict

    Scenario: As long as is allowed
      Given a session in which the SECC waits for SessionSetupReq
      And the EVCC has sent SessionSetupReq 1 time
      When the EVCC closes the connection
      Then the SECC counts
        | rx_validation_errors | 0 |

    Scenario: An EVCCID of seven octets
      Given a session in which the SECC waits for SessionSetupReq
      When the EVCC sends SessionSetupReq with
        | EVCCID | "00112233445566" |
      Then the SECC answers SessionSetupRes with ResponseCode OK_NewSessionEstablished

    Scenario: It is counted
      Given a session in which the SECC waits for SessionSetupReq
      And the EVCC has sent a SessionSetupReq with an EVCCID of seven octets 1 time
      When the EVCC closes the connection
      Then the SECC counts
        | rx_validation_errors | 1 |
        | rx_decode_errors     | 0 |

    Scenario: With strict bounds it is unreadable
      Given a SECC with
        | strict bounds | yes |
      And a session in which the SECC waits for SessionSetupReq
      When the EVCC sends SessionSetupReq with
        | EVCCID | "00112233445566" |
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes

  @HIL-EX11
  Rule: Octets behind the end of a document are served over and counted, unless bounds are strict

    Scenario: They are counted
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent a request with two octets behind its document 1 time
      When the EVCC closes the connection
      Then the SECC counts
        | rx_validation_errors | 1 |
        | rx_decode_errors     | 0 |

    Scenario: They are no obstacle
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent a request with two octets behind its document 1 time
      When the EVCC sends PaymentServiceSelectionReq
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode OK

    Scenario: With strict bounds they make it unreadable
      Given a SECC with
        | strict bounds | yes |
      And a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends a request with two octets behind its document
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes
