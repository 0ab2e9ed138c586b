@v2gtp @sut-secc
Feature: Frames and segments
  TCP carries octets, not messages: only the length in a header says where a message ends.

  @HIL-VT04
  Rule: A frame in many segments, and many frames in one, are handled as if sent one by one

    Scenario Outline: <message> in pieces of <length>
      Given a session in which the SECC waits for <message>
      When the EVCC sends <message> in pieces of <length> bytes, 5 ms apart
      Then the SECC answers <response> with ResponseCode <code>
      And the SECC sends nothing else

      Examples: byte by byte, messages of each kind
        | message                     | length | response                    | code                     |
        | supportedAppProtocolReq     | 1      | supportedAppProtocolRes     | OK_SuccessfulNegotiation |
        | SessionSetupReq             | 1      | SessionSetupRes             | OK_NewSessionEstablished |
        | ChargeParameterDiscoveryReq | 1      | ChargeParameterDiscoveryRes | OK                       |
        | CurrentDemandReq            | 1      | CurrentDemandRes            | OK                       |

      Examples: cut before, at and behind the end of the header
        | message             | length | response            | code |
        | ServiceDiscoveryReq | 7      | ServiceDiscoveryRes | OK   |
        | ServiceDiscoveryReq | 8      | ServiceDiscoveryRes | OK   |
        | ServiceDiscoveryReq | 9      | ServiceDiscoveryRes | OK   |

    Scenario: Two requests in one segment
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends in one segment
        | ServiceDiscoveryReq        |
        | PaymentServiceSelectionReq |
      Then the SECC answers, one after the other
        | ServiceDiscoveryRes        | OK |
        | PaymentServiceSelectionRes | OK |
      And the connection stays open
      And a following session completes

    Scenario: The choice of the protocol and the first request in one segment
      Given a session in which the SECC waits for supportedAppProtocolReq
      When the EVCC sends in one segment
        | supportedAppProtocolReq |
        | SessionSetupReq         |
      Then the SECC answers, one after the other
        | supportedAppProtocolRes | OK_SuccessfulNegotiation |
        | SessionSetupRes         | OK_NewSessionEstablished |

    Scenario: Four requests in one segment
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends in one segment
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
      Then the SECC answers, one after the other
        | ServiceDiscoveryRes         | OK |
        | PaymentServiceSelectionRes  | OK |
        | AuthorizationRes            | OK |
        | ChargeParameterDiscoveryRes | OK |
      And the connection stays open

    Scenario: Five polls in one segment
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends in one segment
        | CurrentDemandReq |
        | CurrentDemandReq |
        | CurrentDemandReq |
        | CurrentDemandReq |
        | CurrentDemandReq |
      Then the SECC answers, one after the other
        | CurrentDemandRes | OK |
        | CurrentDemandRes | OK |
        | CurrentDemandRes | OK |
        | CurrentDemandRes | OK |
        | CurrentDemandRes | OK |
      And the connection stays open

    Scenario: A request too early in one segment with the right one
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends in one segment
        | ServiceDiscoveryReq         |
        | ChargeParameterDiscoveryReq |
        | PaymentServiceSelectionReq  |
      Then the SECC answers, one after the other
        | ServiceDiscoveryRes         | OK                   |
        | ChargeParameterDiscoveryRes | FAILED_SequenceError |
      And a following session completes

  @HIL-VT03
  Rule: What is announced is waited for

    Scenario Outline: <what>, and no more
      Given a session in which the SECC waits for CableCheckReq
      When the EVCC sends <what>
      Then the SECC does not answer
      And the connection stays open
      And a following session completes

      Examples: from a single byte on
        | what                           |
        | the first byte of a header     |
        | a header without its last byte |
        | a header without its payload   |
        | the first half of a request    |

    Scenario Outline: <what>, and then the end of the connection
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC has sent <what> 1 time
      When the EVCC <how> the connection
      Then the power is off within 1 s
      And a following session completes

      @HIL-R32
      Examples: less than a frame
        | what                           | how    |
        | the first byte of a header     | closes |
        | a header without its last byte | closes |
        | a header without its payload   | resets |
        | the first half of a request    | closes |
        | the first half of a request    | resets |

    Scenario: What is left over is the beginning of a header
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends a request and two bytes more
      Then the SECC answers ServiceDiscoveryRes with ResponseCode OK
      And the SECC sends nothing else
      And the connection stays open
      And a following session completes

    Scenario: What is left over is a header that means nothing
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC has sent a request and a wrong header 1 time
      When the EVCC sends CurrentDemandReq
      Then the SECC answers CurrentDemandRes with ResponseCode OK
      And the SECC sends nothing else

    Scenario: A request that begins two bytes late is no request
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC has sent a request and two bytes more 1 time
      When the EVCC sends CurrentDemandReq
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes
