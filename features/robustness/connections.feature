@robustness @sut-secc
Feature: Connections that break, and one too many
  Whatever becomes of a connection, the outlet is safe at once and the next vehicle is served.

  @HIL-TC03
  Rule: A connection that is lost ends the session within 1 s

    Scenario Outline: The EVCC <how> the connection while <awaited> is awaited
      Given a session in which the SECC waits for <awaited>
      When the EVCC <how> the connection
      Then the power is off within 1 s
      And a following session completes

      Examples: reset
        | how    | awaited                     |
        | resets | supportedAppProtocolReq     |
        | resets | SessionSetupReq             |
        | resets | ServiceDiscoveryReq         |
        | resets | PaymentServiceSelectionReq  |
        | resets | AuthorizationReq            |
        | resets | ChargeParameterDiscoveryReq |
        | resets | CableCheckReq               |
        | resets | PreChargeReq                |
        | resets | PowerDeliveryReq            |
        | resets | CurrentDemandReq            |
        | resets | WeldingDetectionReq         |
        | resets | SessionStopReq              |

      Examples: closed
        | how    | awaited                     |
        | closes | supportedAppProtocolReq     |
        | closes | SessionSetupReq             |
        | closes | ServiceDiscoveryReq         |
        | closes | PaymentServiceSelectionReq  |
        | closes | AuthorizationReq            |
        | closes | ChargeParameterDiscoveryReq |
        | closes | CableCheckReq               |
        | closes | PreChargeReq                |
        | closes | PowerDeliveryReq            |
        | closes | CurrentDemandReq            |
        | closes | WeldingDetectionReq         |
        | closes | SessionStopReq              |

    Scenario Outline: The EVCC <how> the connection between two <awaited>
      Given a session in which the SECC waits for <awaited> again
      And 1.5 s later the EVCC sends <awaited>
      When the EVCC <how> the connection
      Then the power is off within 1 s
      And a following session completes

      Examples: while current flows
        | how    | awaited          |
        | resets | CurrentDemandReq |
        | closes | CurrentDemandReq |

      Examples: while the outlet is under voltage
        | how    | awaited       |
        | resets | CableCheckReq |
        | resets | PreChargeReq  |

  @HIL-TC01
  Rule: A second connection during a session is closed, and the first goes on

    Scenario Outline: A second connection while <awaited> is awaited
      Given a session in which the SECC waits for <awaited>
      When the EVCC opens 1 more connection
      Then none of these connections is open 1 s later
      And the connection stays open
      And a following session completes

      Examples: early and late
        | awaited                 |
        | supportedAppProtocolReq |
        | ServiceDiscoveryReq     |
        | CurrentDemandReq        |

    Scenario Outline: The first one goes on beside <count> more
      Given a session in which the SECC waits for CurrentDemandReq
      And the EVCC has opened <count> more connections
      When the EVCC sends CurrentDemandReq
      Then the SECC answers CurrentDemandRes with ResponseCode OK
      And none of these connections is open 1 s later

      Examples: one, and very many
        | count |
        | 1     |
        | 1000  |

  @HIL-TC02
  Rule: Connections that say nothing are few, and are closed when the time for setting up is over

    Scenario: A thousand connections before the session
      Given a vehicle that is matched with the SECC
      When the EVCC opens 1000 more connections
      Then at most 16 of these connections are open 10 s later
      And none of these connections is open 10 s later
      And a following session completes

    Scenario: One connection after the other
      Given a vehicle that is matched with the SECC
      And the EVCC has opened 1 more connection
      And the EVCC has opened 1 more connection
      When the EVCC opens 1 more connection
      Then none of these connections is open 18.5 s later
      And a following session completes

  @HIL-TC05
  Rule: A peer that stops reading is given up

    Scenario: The EVCC asks on and reads no answer
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC has stopped reading
      When the EVCC goes on sending 20 CurrentDemandReq at once every 100 ms
      Then the SECC closes the connection within 65 s
      And a following session completes

  @HIL-TC07
  Rule: A peer that has gone without a word is given up when the sequence time is over

    Scenario Outline: The EVCC has gone between two <awaited>
      Given a session in which the SECC waits for <awaited> again
      When the EVCC abandons the connection
      Then the power is off within 61 s
      And a following session completes

      Examples: while the outlet is under voltage
        | awaited          |
        | CableCheckReq    |
        | PreChargeReq     |
        | CurrentDemandReq |

  @HIL-R30
  Rule: The session is over when the plug is out, whatever becomes of its connection

    Scenario Outline: Plugged in again <time> after <awaited> was awaited
      Given a session in which the SECC waits for <awaited>
      Then a session completes when the plug is put in <time> after it came out

      Examples: soon and later
        | awaited                     | time   |
        | supportedAppProtocolReq     | 500 ms |
        | ServiceDiscoveryReq         | 500 ms |
        | AuthorizationReq            | 2 s    |
        | ChargeParameterDiscoveryReq | 500 ms |
        | ChargeParameterDiscoveryReq | 5 s    |
