@iso15118-3 @sut-secc @needs-pause
Feature: A pause, the station under test
  A vehicle that pauses comes back into the network that it had, unless its plug was out or the pilot in error.

  @V2G3-M07-20
  Rule: In a pause there is no oscillation

    Scenario: The vehicle wakes the station
      Given an EVCC with
        | wakes the station after | 10 s |
      When a session runs to its end
      Then the pilot goes through
        | B1 | any              |
        | B2 | any              |
        | C2 | any              |
        | B2 | any              |
        | B1 | 9.5 s to 10.5 s  |
        | C1 | 200 ms to 400 ms |
        | B1 | any              |
        | B2 | any              |
      And a following session completes

  @V2G3-M07-21
  Rule: After a pause the link comes up within T_conn_resume (6 s) with the key that was kept

    Scenario: The vehicle wakes the station
      Given an EVCC with
        | ChargingSession | Pause |
      And a session runs to its end
      When the pilot goes to state C for 300 ms
      Then the network carries an SDP request of the EVCC within 6 s
      And the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

    Scenario: The station wakes the vehicle
      Given a SECC with
        | wakes a vehicle after | 8 s |
      And an EVCC with
        | ChargingSession | Pause |
      When a session runs to its end
      Then the pilot goes through
        | B1 | any            |
        | B2 | any            |
        | C2 | any            |
        | B2 | any            |
        | B1 | 7.9 s to 8.5 s |
        | B2 | any            |
      And the SECC sends CM_SLAC_PARM.CNF with
        | times | 1 |
      And a following session completes

  @HIL-TM27
  Rule: Nobody is called before X1 has lasted T_step_X1 (3 s)

    Scenario: The vehicle wakes the station at once
      Given an EVCC with
        | wakes the station after | 500 ms |
      When a session runs to its end
      Then the pilot goes through
        | B1 | any              |
        | B2 | any              |
        | C2 | any              |
        | B2 | any              |
        | B1 | 400 ms to 600 ms |
        | C1 | 200 ms to 400 ms |
        | B1 | 2.2 s to 5 s     |
        | B2 | any              |

  @V2G3-M07-23
  Rule: A link that does not come back leads through E or F to a new match

    Scenario: The vehicle has lost the key
      Given an EVCC with
        | ChargingSession | Pause |
      And a session runs to its end
      And the EVCC leaves the network
      When the pilot goes to state C for 300 ms
      Then the pilot goes through
        | C1 | any          |
        | B1 | any          |
        | B2 | 5.9 s to 8 s |
        | B1 | any          |
        | F  | 4 s to 8 s   |
        | B2 | any          |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | NMK | that of its modem |
      And a following session completes

  @V2G3-M09-19
  Rule: A pilot in A or E in a pause erases the key

    Scenario Outline: The pilot is lost
      Given an EVCC with
        | ChargingSession | Pause |
      And a session runs to its end
      When the pilot <change>
      Then the SECC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 1 s         |
      And a following session completes

      Examples:
        | change              |
        | is interrupted      |
        | is shorted to earth |

  @V2G2-754
  Rule: A vehicle that names the session that it has paused joins it

    Scenario: The same session
      Given an EVCC with
        | wakes the station after | 5 s |
      And a session runs to its end
      And a session in which the SECC waits for SessionSetupReq
      When the EVCC sends SessionSetupReq
      Then the SECC answers SessionSetupRes with ResponseCode OK_OldSessionJoined
      And a following session completes

    Scenario Outline: Another one
      Given an EVCC with
        | wakes the station after | 5 s |
      And a session runs to its end
      And a session in which the SECC waits for SessionSetupReq
      When the EVCC sends SessionSetupReq with
        | Header.SessionID | <SessionID> |
      Then the SECC answers SessionSetupRes with ResponseCode OK_NewSessionEstablished
      And a following session completes

      Examples:
        | SessionID   |
        | zero        |
        | another one |
