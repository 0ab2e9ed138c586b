@v2gtp @sut-evcc
Feature: The car cuts frames, not segments
  What holds for a station's reading holds for a vehicle's: only the length in a header says where a response ends.

  @HIL-VT04
  Rule: A response in many segments is handled as if it came in one

    Scenario Outline: <message> in pieces of <length>
      Given a session in which the EVCC waits for <message>
      When the SECC sends <message> in pieces of <length> bytes, 1 ms apart
      Then the EVCC goes on with <next>
      And a following session completes

      Examples: byte by byte, messages of each kind
        | message                     | length | next                       |
        | supportedAppProtocolRes     | 1      | SessionSetupReq            |
        | SessionSetupRes             | 1      | ServiceDiscoveryReq        |
        | ChargeParameterDiscoveryRes | 1      | CableCheckReq              |

      Examples: cut before, at and behind the end of the header
        | message             | length | next                       |
        | ServiceDiscoveryRes | 7      | PaymentServiceSelectionReq |
        | ServiceDiscoveryRes | 8      | PaymentServiceSelectionReq |
        | ServiceDiscoveryRes | 9      | PaymentServiceSelectionReq |
        | CurrentDemandRes    | 9      | CurrentDemandReq           |

  @HIL-VT03
  Rule: What is announced is waited for, no longer than for any response

    Scenario Outline: <what>, and no more
      Given a session in which the EVCC waits for <response>
      When the SECC sends <what>
      Then the EVCC closes the connection within <limit>
      And the EVCC has opened its contactor and shows state B within <limit>
      And a following session completes

      Examples: from a single byte on
        | what                           | response            | limit |
        | the first byte of a header     | ServiceDiscoveryRes | 2.5 s |
        | a header without its last byte | CableCheckRes       | 2.5 s |
        | a header without its payload   | CurrentDemandRes    | 500 ms |
        | the first half of a request    | CurrentDemandRes    | 500 ms |

  @HIL-VT05
  Rule: A payload type of another protocol is ignored

    Scenario Outline: <what> before <response>
      Given a session in which the EVCC waits for <response>
      When the SECC sends <what> before its answer
      Then the EVCC goes on with <next>

      Examples: payload types of ISO 15118-20 and of discovery
        | what                         | response            | next                       |
        | a frame of payload type 8002 | ServiceDiscoveryRes | PaymentServiceSelectionReq |
        | a frame of payload type 9000 | CurrentDemandRes    | CurrentDemandReq           |

  @HIL-TC07
  Rule: A station that has gone without a word is given up in time

    Scenario Outline: The SECC has gone while <response> is awaited
      Given a session in which the EVCC waits for <response>
      When the SECC abandons the connection
      Then the EVCC has opened its contactor and shows state B within <limit>
      And a following session completes

      Examples: each time limit of a response
        | response            | limit  |
        | PreChargeRes        | 2.5 s  |
        | CurrentDemandRes    | 500 ms |
