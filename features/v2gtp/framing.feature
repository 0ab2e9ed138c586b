@v2gtp @sut-secc
Feature: Frames and segments
  TCP carries octets, not messages: only the length in a header says where a message ends.

  @HIL-VT04
  Rule: A frame in many segments, and many frames in one, are handled as if sent one by one

    Scenario Outline: <message> octet by octet
      Given a session in which the SECC waits for <message>
      When the EVCC sends <message> one byte every 5 ms
      Then the SECC answers <response> with ResponseCode <code>
      And the SECC sends nothing else

      Examples: messages of each kind
        | message                     | response                    | code                     |
        | supportedAppProtocolReq     | supportedAppProtocolRes     | OK_SuccessfulNegotiation |
        | SessionSetupReq             | SessionSetupRes             | OK_NewSessionEstablished |
        | ChargeParameterDiscoveryReq | ChargeParameterDiscoveryRes | OK                       |
        | CurrentDemandReq            | CurrentDemandRes            | OK                       |

    Scenario: Two requests in one segment
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends ServiceDiscoveryReq and PaymentServiceSelectionReq in one segment
      Then the SECC answers ServiceDiscoveryRes and PaymentServiceSelectionRes
      And the connection stays open

    Scenario: The choice of the protocol and the first request in one segment
      Given a session in which the SECC waits for supportedAppProtocolReq
      When the EVCC sends supportedAppProtocolReq and SessionSetupReq in one segment
      Then the SECC answers supportedAppProtocolRes and SessionSetupRes

  @HIL-VT03
  Rule: What is announced is waited for

    Scenario: Half a request
      Given a session in which the SECC waits for CableCheckReq
      When the EVCC sends the first half of a request
      Then the SECC does not answer
      And the connection stays open
      And a following session completes
