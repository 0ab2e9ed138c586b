@iec61851-1 @sut-secc
Feature: The station looks at the pilot
  The pilot takes the power away faster than any message.

  @IEC61851-23-9.4
  Rule: A pilot that is lost under load: below 5 A in 30 ms, below 60 V in 100 ms

    Scenario: The plug is pulled
      Given a session that charges with 100 A at least
      When the plug is pulled out by force
      Then the current falls below 5 A within 30 ms
      And the outlet falls below 60 V within 100 ms
      And the SECC opens its contactor within 100 ms
      And a following session completes

  @IEC61851-23-CC.5.4
  Rule: A pilot that is lost while charging is an emergency shutdown without any message

    Scenario Outline: The wire is lost
      Given a session that charges with 100 A at least
      When the pilot <change>
      Then the current falls below 5 A within 30 ms
      And the SECC opens its contactor within 100 ms
      And the SECC closes the connection within 5 s
      And a following session completes

      Examples:
        | change          |
        | is interrupted  |
        | loses its earth |

  @HIL-CP02
  Rule: A pilot shorted to earth is an emergency shutdown

    Scenario Outline: State E
      Given a session in <phase>
      When the pilot is shorted to earth
      Then the current falls below 5 A within 100 ms
      And the SECC opens its contactor within 100 ms
      And the SECC closes the connection within 5 s
      And a following session completes

      Examples:
        | phase             |
        | the cable check   |
        | pre-charge        |
        | the charging loop |

  @IEC61851-1-A.6-8.1
  Rule: A car that goes from C to B is disconnected within 100 ms

    Scenario: Without the end of power delivery
      Given a session that charges with 100 A at least
      When the pilot goes to state B
      Then the SECC opens its contactor within 100 ms
      And the current falls below 5 A within 100 ms
      And the SECC closes the connection within 5 s
      And a following session completes

  @HIL-CP06
  Rule: A bounce shorter than 50 ms tears nothing down

    Scenario Outline: From C to B and back
      Given a session that charges with 100 A at least
      When the pilot goes to state B for <time>
      Then charging goes on for 1 s

      Examples:
        | time  |
        | 20 ms |
        | 45 ms |

  @HIL-CP01
  Rule: A car without a diode is not matched

    Scenario: No negative half wave
      Given there is a vehicle without a diode
      When the plug is put in
      Then the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

  @HIL-CP09
  Rule: A vehicle that needs ventilation gets no power where there is none

    Scenario: It asks for the cable check in state D
      Given a SECC with
        | ventilation | no |
      And a session in which the SECC waits for CableCheckReq
      And the vehicle has gone to state D
      When the EVCC sends CableCheckReq
      Then the SECC answers CableCheckRes with ResponseCode FAILED
      And the outlet never rises above 60 V

    Scenario: It goes to state D while charging
      Given a SECC with
        | ventilation | no |
      And a session that charges with 100 A at least
      When the pilot goes to state D
      Then the SECC opens its contactor within 100 ms
      And the SECC closes the connection within 5 s
      And a following session completes

  @IEC61851-1-A.6-10.2
  Rule: A vehicle that stays in C when the oscillator has stopped is disconnected within 6 s

    @HIL-CP10
    Scenario: It goes on charging although the station wants to stop
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC goes on sending CurrentDemandReq every 100 ms
      When the operator stops the session
      Then the SECC opens its contactor within 16 s
      And a following session completes

  @HIL-CP11
  Rule: Volts that no pilot has are never taken for state C

    @HIL-S02
    Scenario Outline: A foreign voltage on the wire while charging
      Given a session that charges with 100 A at least
      When the pilot <change>
      Then the current falls below 5 A within 30 ms
      And the SECC opens its contactor within 100 ms
      And the SECC closes the connection within 5 s
      And a following session completes

      Examples:
        | change             |
        | is pulled to −12 V |
        | is pulled to −20 V |
        | is pulled to 20 V  |

  @HIL-CP14
  Rule: A vehicle whose pilot was lost in E or F is called again, 4 s later at the earliest

    Scenario: A short that goes again
      Given a session that charges with 100 A at least
      And there is a pilot that is shorted to earth
      And the power is off within 1 s
      When there is a pilot that is whole again
      Then the SECC has not sent CM_SLAC_PARM.CNF after 1.9 s
      And the SECC sends CM_SLAC_PARM.CNF
      And a following session completes
