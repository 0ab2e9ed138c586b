@iso15118-2 @sut-evcc
Feature: The car looks for its station
  SDP is a question into the dark: answers that make no sense are not followed.

  @V2G2-159 @HIL-SD09
  Rule: The EVCC waits 250 ms for an answer before it asks again, and takes the answer to any request

    Scenario: Nobody answers
      Given an EVCC that looks for a SECC
      When the SECC does not announce itself
      Then the EVCC asks again, 250 ms apart at least

    Scenario: The answer comes to a late request
      Given an EVCC that looks for a SECC
      When 10 s later the SECC announces itself
      Then the EVCC connects within 1 s
      And the EVCC goes on with supportedAppProtocolReq

  @V2G2-161 @HIL-SD09
  Rule: The EVCC asks 50 times at most

    Scenario: Nobody answers at all
      Given an EVCC that looks for a SECC
      When the SECC does not announce itself
      Then the EVCC asks 50 times at most
      And a following session completes

  @V2G2-029
  Rule: Without SessionSetupRes the EVCC gives up after 20 s

    Scenario: No station for ever
      Given an EVCC that looks for a SECC
      When the SECC does not announce itself
      Then the EVCC gives up within 20 s
      And a following session completes

  @HIL-SD07
  Rule: An answer that names no station on the link is discarded

    Scenario Outline: An impossible answer
      Given an EVCC that looks for a SECC
      When the SECC announces itself with <what>
      Then the EVCC discards that
      And a following session completes

      Examples:
        | what                |
        | port 0              |
        | the address ::      |
        | a multicast address |
        | a global address    |
        | the loopback address |

  @V2G2-623
  Rule: An answer with another security or transport than was asked for is discarded

    Scenario Outline: Security or transport that was not asked for
      Given an EVCC that looks for a SECC
      When the SECC announces itself with <what>
      Then the EVCC discards that
      And a following session completes

      Examples:
        | what                         |
        | TLS, which was not asked for |
        | an unknown security          |
        | UDP as transport             |

  @V2G2-098
  Rule: A datagram with a wrong header is discarded

    Scenario Outline: Wrong octets
      Given an EVCC that looks for a SECC
      When the SECC announces itself with <what>
      Then the EVCC discards that
      And a following session completes

      Examples:
        | what                          |
        | a wrong protocol version      |
        | a wrong inverse version       |
        | the payload type of a request |
        | a payload length of 19        |
        | a payload length of 4 GiB     |
        | its last octet missing        |
        | an octet too many             |
        | no octets                     |

  @HIL-SD06
  Rule: An EVCC that requires TLS connects to no station without it

    Scenario: The answer promises no TLS
      Given an EVCC with
        | tls | require |
      And an EVCC that looks for a SECC
      When 50 ms later the SECC announces itself
      Then the EVCC gives up within 1 s
      And the EVCC never sends supportedAppProtocolReq

  @HIL-SD08
  Rule: Of several answers the first valid one counts

    Scenario: A bad one, then a good one
      Given an EVCC that looks for a SECC
      And the SECC has announced itself with port 0
      When 50 ms later the SECC announces itself
      Then the EVCC connects within 1 s

    Scenario: A good one, then another
      Given an EVCC that looks for a SECC
      When the SECC announces itself, and another station does too
      Then the EVCC connects within 1 s
      And the EVCC goes on with supportedAppProtocolReq

  @HIL-SD11
  Rule: An attempt to connect that was given up does not concern the session after it

    Scenario: Nobody is at the address, and the vehicle is plugged in elsewhere
      Given an EVCC that looks for a SECC
      When the SECC announces itself with an address of nobody
      Then a session completes when the plug is put in 4 s after it came out
