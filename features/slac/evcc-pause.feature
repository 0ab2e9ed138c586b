@iso15118-3 @sut-evcc @needs-pause
Feature: A pause, the car under test
  A car that pauses keeps the network, and comes back into it when it wakes the station or is woken.

  @V2G3-M07-19
  Rule: A car that pauses keeps its key

    Scenario: After the session
      Given an EVCC with
        | ChargingSession | Pause |
      When a session runs to its end
      Then the EVCC sends CM_SET_KEY.REQ with
        | times | 1 |
      And a following session completes

  @V2G3-M07-21
  Rule: After a pause the link comes up within T_conn_resume (6 s) with the key that was kept

    @TC_EVCC_DC_VTB_PLCLinkStatus_001
    Scenario: The station wakes the car
      Given an EVCC with
        | ChargingSession | Pause |
      And a session runs to its end
      When the pilot oscillates at 5 %
      Then the network carries an SDP request of the EVCC within 6 s
      And the EVCC never sends CM_SLAC_PARM.REQ

  @V2G3-M07-22
  Rule: A car wakes its station by a toggle of the pilot, with C for 200 to 400 ms

    @TC_EVCC_DC_VTB_PLCLinkStatus_002
    Scenario: The car wakes the station
      Given an EVCC with
        | wakes the station after | 8 s |
      When a session runs to its end
      Then the pilot goes through
        | B1 | any              |
        | B2 | any              |
        | C2 | any              |
        | B2 | any              |
        | B1 | 7.5 s to 8.5 s   |
        | C1 | 200 ms to 400 ms |
        | B1 | any              |
        | B2 | any              |
      And the EVCC sends CM_SLAC_PARM.REQ with
        | times | 1 |
      And a following session completes

  @HIL-SE18
  Rule: The session that goes on is the one that was paused

    Scenario: The car wakes the station
      Given an EVCC with
        | wakes the station after | 5 s |
      When a session runs to its end
      Then the pilot goes through
        | B1 | any |
        | B2 | any |
        | C2 | any |
        | B2 | any |
        | B1 | any |
        | C1 | any |
        | B1 | any |
        | B2 | any |
        | C2 | any |
      And all that the EVCC says names the session that it has paused
      And a following session completes

  @V2G3-M09-19
  Rule: A pilot in E or F in a pause erases the key

    Scenario Outline: The station asks for a new match
      Given an EVCC with
        | ChargingSession | Pause |
      And a session runs to its end
      When the pilot goes to state <state> for 4 s
      Then the EVCC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 1 s         |
      And the EVCC sends CM_SLAC_PARM.REQ with
        | within | 4 s to 14 s |
      And a following session completes

      Examples:
        | state |
        | E     |
        | F     |
