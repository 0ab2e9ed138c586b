@iec61851-23 @sut-secc
Feature: The station's care for its power path
  A defect before charging keeps the outlet dead; a defect while charging ends it as fast as it has to.

  @IEC61851-23-CC.4.1.4
  Rule: Insulation that is bad, or not measured, keeps charging from starting

    Scenario Outline: The cable check finds it
      Given there is <fault>
      When a session runs to its end
      Then the SECC has refused CableCheckReq within 38 s
      And a following session completes

      Examples:
        | fault                                          |
        | a leak of 50 kΩ at the inlet                   |
        | a leak of 50 kΩ in the cable                   |
        | no insulation monitor                          |
        | an insulation monitor that fails its self-test |
        | an insulation monitor that gives no samples    |

  @HIL-TM14
  Rule: The station finishes its cable check within 38 s

    Scenario: A vehicle that waits longer than that
      Given there is a supply that gives nothing
      When a session runs to its end
      Then the SECC has refused CableCheckReq within 38 s
      And a following session completes

  @IEC61851-23-CC.5.1
  Rule: Insulation that fails while charging is an error shutdown

    Scenario Outline: While charging
      Given a session that charges with 50 A at least
      When there is <fault>
      Then the SECC asks the EVCC to stop within 8 s
      And the current falls below 1 A within 12 s
      And a following session completes

      Examples:
        | fault                                       |
        | a leak of 50 kΩ at the inlet                |
        | a leak of 50 kΩ in the cable                |
        | an insulation monitor that gives no samples |

  @IEC61851-23-CC.5.2
  Rule: Contacts that are too hot reduce the current and then stop charging

    Scenario: Warm
      Given a session that charges with 115 A at least
      When there is a contact at 80 °C
      Then the current falls below 105 A within 3 s
      And charging goes on for 1 s

    Scenario: Hot
      Given a session that charges with 100 A at least
      When there is a contact at 95 °C
      Then the current falls below 1 A within 5 s
      And a following session completes

  @HIL-S22
  Rule: After a contact was too hot nothing is charged until both have cooled down

    Scenario: Hot before charging
      Given there is a contact at 95 °C
      When a session runs to its end
      Then the SECC has refused CableCheckReq within 38 s
      And a following session completes

    Scenario: Not cool enough for the next vehicle
      Given there is a contact at 95 °C
      And a session runs from plug to unplug
      And there is a contact at 60 °C
      When a session runs to its end
      Then the SECC has refused CableCheckReq within 38 s
      And a following session completes

  @HIL-S20
  Rule: Without the lock there is no voltage

    Scenario: The lock does not engage
      Given there is a lock that does not engage
      When a session runs to its end
      Then the outlet never rises above 60 V
      And a following session completes

    Scenario: The lock springs open while charging
      Given a session that charges with 100 A at least
      When there is a lock that springs open
      Then the current falls below 5 A within 100 ms
      And the SECC opens its contactor within 500 ms
      And a following session completes

  @HIL-S08
  Rule: An outlet that cannot be cut off is not charged at

    Scenario: The station's contactor has welded
      Given there is a welded contactor of the SECC
      When a session runs to its end
      Then the outlet never rises above 60 V
      And a following session completes

    Scenario Outline: The outlet is live
      Given there is <fault>
      When a session runs to its end
      Then the SECC has refused CableCheckReq within 38 s
      And a following session completes

      Examples: before the cable check, and after it
        | fault                             |
        | a welded contactor of the EVCC    |
        | an outlet that does not discharge |

  @HIL-S21
  Rule: The plug stays locked above 60 V

    Scenario Outline: The outlet does not discharge, and <stop>
      Given a session that charges with 20 A at least
      And there is an outlet that does not discharge
      When <stop>
      Then the plug stays locked while the outlet is above 60 V
      And a following session completes

      Examples:
        | stop                           |
        | the driver stops charging      |
        | the operator stops the session |
        | the pilot goes to state B      |

  @HIL-S23
  Rule: Voltage that the vehicle leaves on the inlet keeps the plug locked

    Scenario: The vehicle's contactor has welded
      Given a session that charges with 20 A at least
      And there is a welded contactor of the EVCC
      When the driver stops charging
      Then the plug stays locked while the outlet is above 60 V
      And a following session completes

  @IEC61851-23-6.3.1.109
  Rule: A short circuit in the cable check ends it: below 5 A in 1 s, below 60 V in 2.5 s

    Scenario: DC+ and DC− touch
      Given a session in the cable check
      When there is a short circuit in the cable
      Then the current falls below 5 A within 1 s
      And the outlet falls below 60 V within 2.5 s
      And a following session completes

    Scenario: A load between DC+ and DC−
      Given a session in the cable check
      When there is a short circuit of 100 Ω in the cable
      Then the current falls below 5 A within 1 s
      And the outlet falls below 60 V within 2.5 s
      And a following session completes

  @HIL-S18
  Rule: A current that does not fit ends charging

    Scenario: The supply gives more than is asked for
      Given a session that charges with 115 A at least
      When there is a supply that gives 40 A too much
      Then the current falls below 5 A within 1 s
      And a following session completes

    Scenario Outline: The supply gives <how> than is asked for
      Given a session that charges with 115 A at least
      When there is <fault>
      Then the current falls below 5 A within 2.5 s
      And the SECC opens its contactor within 2.5 s
      And a following session completes

      Examples:
        | how         | fault                               |
        | a bit more  | a supply that gives 10 A too much   |
        | less        | a supply that gives 20 A too little |
        | less by all | a supply that gives nothing         |

    Scenario: The supply gives nearly what is asked for
      Given a session that charges with 115 A at least
      When there is a supply that gives 4 A too much
      Then charging goes on for 4 s
      And a following session completes

  @IEC61851-23-6.3.1.106.2
  Rule: Over-voltage trips at the level of the vehicle's class

    @HIL-S16
    Scenario: The vehicle drops its load, and the supply misses its voltage
      Given a session that charges with 100 A at least
      And there is a supply that gives 250 V too much
      When there is a vehicle that drops its load
      Then the supply is off within 30 ms
      And the outlet falls below 550 V within 300 ms
      And a following session completes

  @IEC61851-23-6.3.1.106.3
  Rule: Volts above the vehicle's limit are borne for 200 ms and not for 400 ms

    @IEC61851-23-CC.6.2
    Scenario: The vehicle lowers its limit below the volts that there are
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends CurrentDemandReq with
        | EVMaximumVoltageLimit | 250 V |
      Then the current falls below 5 A within 450 ms
      And the SECC opens its contactor within 500 ms
      And a following session completes

    Scenario: For a short time
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC sends CurrentDemandReq with
        | EVMaximumVoltageLimit | 250 V |
      When 150 ms later the EVCC sends CurrentDemandReq with
        | EVMaximumVoltageLimit | 450 V |
      Then charging goes on for 2 s

  @HIL-S04
  Rule: An emergency takes the current away by 200 A/s at least

    Scenario: The vehicle goes to state B
      Given a session in which the SECC waits for CurrentDemandReq again
      And 2 s after the last response the EVCC sends CurrentDemandReq
      When the pilot goes to state B
      Then the current falls below 5 A within 600 ms
      And a following session completes

  @HIL-S28
  Rule: An emergency is shown on the pilot: state F for 4 s at least

    Scenario Outline: <fault>
      Given a session that charges with 100 A at least
      When there is <fault>
      Then the pilot goes through
        | F  | 4 s to 8 s |
        | B1 | 3 s        |
      And a following session completes

      Examples:
        | fault                             |
        | a lock that springs open          |
        | a supply that gives 40 A too much |

  @HIL-S14
  Rule: A pole that is too far from earth ends charging

    Scenario Outline: In <phase>
      Given a session in <phase>
      When there is a foreign voltage of 600 V against earth
      Then the current falls below 5 A within <time>
      And the SECC opens its contactor within <time>
      And a following session completes

      Examples: in the cable check there is no outlet to look at before the plug is locked
        | phase             | time   |
        | the cable check   | 1 s    |
        | pre-charge        | 200 ms |
        | the charging loop | 200 ms |

  @HIL-S19
  Rule: What is told of the outlet is what is measured there

    Scenario: The supply gives a bit more than is asked for
      Given a session that charges with 115 A at least
      When there is a supply that gives 4 A too much
      Then charging goes on for 1 s
      And CurrentDemandRes reports what is at the outlet

  @HIL-S05
  Rule: A stop that does not work is followed by the next stronger one

    Scenario: The current does not go down in a normal stop
      Given a session that charges with 100 A at least
      And there is a supply that gives 4 A too much
      When the EVCC asks for the end of charging at once
      Then the current falls below 1 A within 3 s
      And the SECC opens its contactor within 3 s
      And a following session completes

    Scenario: The supply does not switch off in an emergency
      Given a session that charges with 100 A at least
      And there is a supply that does not switch off
      When the pilot goes to state B
      Then the current falls below 5 A within 100 ms
      And the SECC opens its contactor within 100 ms
      And a following session completes

  @HIL-TC03
  Rule: A connection that breaks under load takes the power away

    Scenario Outline: In the charging loop
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC <ends> the connection
      Then the current falls below 5 A within 1 s
      And the SECC opens its contactor within 1 s
      And a following session completes

      Examples:
        | ends   |
        | closes |
        | resets |

  @HIL-S06
  Rule: A station that wants to stop says so and leaves the vehicle time

    Scenario: The operator stops the station in the charging loop
      Given a session that charges with 50 A at least
      When the operator stops the session
      Then the SECC asks the EVCC to stop within 1 s
      And when the SECC opens its contactor the current is below 1 A
      And a following session completes
