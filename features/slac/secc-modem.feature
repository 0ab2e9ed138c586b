@iso15118-3 @sut-secc
Feature: A modem that is out of order, the station under test
  What the modem does not do the station asks for again; it lets nobody in before its key is in place, and recovers with its modem.

  @HIL-ML16
  Rule: A key that the modem has not taken is given to it again

    Scenario Outline: No answer
      Given a session in pre-charge
      And the modem of the SECC <fault>
      When the EVCC leaves the network
      Then the SECC sends CM_SET_KEY.REQ with
        | number | 3    |
        | within | 20 s |
      And a following session completes

      Examples:
        | fault                  |
        | leaves keys unanswered |
        | asks for its firmware  |

    Scenario Outline: An answer that is none
      Given a session in pre-charge
      And the modem of the SECC <fault>
      When the EVCC leaves the network
      Then the SECC sends CM_SET_KEY.REQ with
        | number | 2    |
        | within | 15 s |
      And a following session completes

      Examples:
        | fault                           |
        | refuses keys                    |
        | answers keys with another nonce |

    Scenario: Another modem answers
      Given a session in pre-charge
      And the modem of the SECC leaves keys unanswered
      And CM_SET_KEY.CNF of another modem is heard every 20 ms
      When the EVCC leaves the network
      Then the SECC sends CM_SET_KEY.REQ with
        | number | 2    |
        | within | 15 s |
      And a following session completes

  @HIL-ML17
  Rule: Nobody is matched before the modem has its key

    Scenario Outline: The modem takes no key
      Given a session in pre-charge
      And the modem of the SECC <fault>
      When the EVCC leaves the network
      Then the SECC has not sent CM_SLAC_PARM.CNF after 30 s
      And a following session completes

      Examples:
        | fault                  |
        | leaves keys unanswered |
        | refuses keys           |

    Scenario: The modem takes its time
      Given a session in pre-charge
      And the modem of the SECC answers keys after 2 s
      When the EVCC leaves the network
      Then the SECC sends CM_SLAC_MATCH.CNF with
        | NMK | that of its modem |
        | NID | that of its modem |
      And a following session completes

  @HIL-ML18
  Rule: A modem that restarts gets a key again, and the station recovers with it

    Scenario: In a session
      Given a session in the charging loop
      When the modem of the SECC restarts
      Then the power is off within 5 s
      And the SECC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 8 s         |
      And a following session completes

    Scenario Outline: In a match
      Given a match in which the EVCC has sent <message>
      When the modem of the SECC restarts
      Then the SECC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 5 s         |
      And a following session completes

      Examples:
        | message                 |
        | CM_START_ATTEN_CHAR.IND |
        | CM_MNBC_SOUND.IND       |
        | CM_SLAC_MATCH.REQ       |

  @HIL-TM28
  Rule: T_conn_max_comm: the modem is ready for a match 8 s after the plug was put in

    @TC_SECC_CMN_VTB_CmSlacParm_008
    Scenario: A vehicle comes
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | within | 8 s |

    @TC_SECC_CMN_VTB_CmSlacParm_008
    Scenario: A vehicle comes while the modem starts
      Given the modem of the SECC restarts
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | within | 8 s |
      And the network carries an SDP request of the EVCC within 12 s of the match
      And a following session completes

  @HIL-SL06
  Rule: Without any attenuation there is no result

    Scenario Outline: The modem does not measure
      Given the modem of the SECC <fault>
      When the plug is put in
      Then the SECC never sends CM_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | fault                               |
        | reports no attenuation              |
        | reports an attenuation of no groups |
