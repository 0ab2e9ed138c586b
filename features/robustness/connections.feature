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
        | how    | awaited             |
        | closes | SessionSetupReq     |
        | closes | CableCheckReq       |
        | closes | PowerDeliveryReq    |
        | closes | CurrentDemandReq    |
        | closes | WeldingDetectionReq |

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
      When a second connection is opened
      Then that connection is not open 1 s later
      And the connection stays open
      And a following session completes

      Examples: early and late
        | awaited                 |
        | supportedAppProtocolReq |
        | ServiceDiscoveryReq     |
        | CurrentDemandReq        |

    Scenario: The first one goes on
      Given a session in which the SECC waits for CurrentDemandReq
      And a second connection has been opened
      When the EVCC sends CurrentDemandReq
      Then the SECC answers CurrentDemandRes with ResponseCode OK
