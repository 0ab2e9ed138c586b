@iso15118-3 @sut-evcc
Feature: A modem that is out of order, the car under test
  What the modem does not do the car asks for again, and it does without a link that is not there.

  @HIL-ML16
  Rule: A key that the modem has not taken is given to it again

    Scenario Outline: No answer
      Given the modem of the EVCC <fault>
      When the plug is put in
      Then the EVCC sends CM_SET_KEY.REQ with
        | number | 3    |
        | within | 12 s |
      And a following session completes

      Examples:
        | fault                  |
        | leaves keys unanswered |
        | asks for its firmware  |

    Scenario Outline: An answer that is none
      Given the modem of the EVCC <fault>
      When the plug is put in
      Then the EVCC sends CM_SET_KEY.REQ with
        | number | 2    |
        | within | 12 s |
      And a following session completes

      Examples:
        | fault                           |
        | refuses keys                    |
        | answers keys with another nonce |

    Scenario: Another modem answers
      Given the modem of the EVCC leaves keys unanswered
      And CM_SET_KEY.CNF of another modem is heard every 20 ms
      When the plug is put in
      Then the EVCC sends CM_SET_KEY.REQ with
        | number | 2    |
        | within | 12 s |
      And a following session completes

  @HIL-ML17
  Rule: A late answer of the modem counts

    Scenario: The modem takes its time
      Given the modem of the EVCC answers keys after 2 s
      When the plug is put in
      Then the network carries an SDP request of the EVCC within 12 s of the match
      And a following session completes

  @HIL-ML18
  Rule: The car recovers with a modem that restarts

    Scenario: In a session
      Given a session in the charging loop
      When the modem of the EVCC restarts
      Then the EVCC has opened its contactor and shows state B within 3 s
      And a following session completes

    Scenario: In a match
      Given a match in which the EVCC has sent CM_MNBC_SOUND.IND
      When the modem of the EVCC restarts
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | within | 10 s |
      And a following session completes
