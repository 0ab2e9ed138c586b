@app-protocol @sut-secc
Feature: A second choice of the protocol
  A protocol is chosen once in a connection.

  @HIL-SA06
  Rule: A second offer after a success is not served, and ends the session

    Scenario Outline: A second offer instead of <awaited>
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends supportedAppProtocolReq
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: soon and late
        | awaited             |
        | SessionSetupReq     |
        | ServiceDiscoveryReq |
        | CableCheckReq       |
        | CurrentDemandReq    |
