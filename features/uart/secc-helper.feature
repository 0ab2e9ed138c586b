@uart @iec61851-1 @sut-secc @needs-helper
Feature: The station behind a pilot helper on a serial line
  What the helper says may be lost, late or wrong: power flows only while it is heard and can be believed.

  @HIL-UA05
  Rule: A pilot that a helper measures serves as one of the station's own

    @good-session
    Scenario: A session in good order
      When a session runs from plug to unplug
      Then the pilot goes through states ABCBA
      And a following session completes

  @HIL-UA01
  Rule: Lines that are none are dropped, and the others count as before

    Scenario Outline: A helper that <does>
      Given a session that charges with 20 A at least
      When the pilot helper <does>
      Then charging goes on for 3 s
      And a following session completes

      Examples:
        | does                                |
        | sends rubbish between its lines     |
        | loses the end of every other status |

  @HIL-UA02
  Rule: Values that cannot be mean that the pilot is unknown

    Scenario Outline: A helper that <does>
      Given a session that charges with 20 A at least
      When the pilot helper <does>
      Then the power is off within 900 ms
      And the SECC closes the connection within 5 s
      And a following session completes

      Examples:
        | does                                   |
        | reports state G                        |
        | reports a duty cycle of 101 %          |
        | reports a duty cycle of −1 %           |
        | reports a duty cycle that is no number |
        | reports volts that are none            |

  @HIL-UA03
  Rule: Without a status for three periods the pilot is unknown

    Scenario: A helper that falls silent
      Given a session that charges with 20 A at least
      When the pilot helper falls silent
      Then the power is off within 900 ms
      And the SECC closes the connection within 5 s
      And a following session completes

  @HIL-UA03
  Rule: A helper that is pulled out is taken up again when it is back

    Scenario: A helper that is pulled out
      Given a session that charges with 20 A at least
      When the pilot helper is pulled out
      Then the power is off within 500 ms
      And the SECC closes the connection within 5 s
      And a following session completes

  @HIL-UA03
  Rule: A helper that does not hear the station opens the contactor by itself, and the session is over

    Scenario: Pings that are lost
      Given a session that charges with 20 A at least
      When the pilot helper does not hear the station
      Then the power is off within 1.8 s
      And the SECC closes the connection within 5 s
      And a following session completes

  @HIL-UA03
  Rule: A contactor that was not armed stays open, and the station knows it

    Scenario: A helper that does not hear that it is armed
      Given the pilot helper does not hear that it is armed
      And a session in the cable check
      Then the SECC closes the connection within 1 s
      And the SECC never closes its contactor
      And a following session completes

  @HIL-UA04
  Rule: What cannot be true after what was said before is not believed

    Scenario Outline: A helper that <does>
      Given a session that charges with 20 A at least
      When the pilot helper <does>
      Then the power is off within 900 ms
      And the SECC closes the connection within 5 s
      And a following session completes

      Examples:
        | does                            |
        | reports that nothing oscillates |
        | sends lines of before again     |

  @HIL-UA04
  Rule: A vehicle that was never seen plugged in does not charge

    Scenario: State C without state B before
      Given the pilot helper reports state C at once
      When the plug is put in
      Then the SECC never sends CM_SLAC_PARM.CNF
      And the SECC never closes its contactor
      And a following session completes
