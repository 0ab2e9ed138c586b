@iso15118-3 @sut-evcc
Feature: When the link does not come up, is lost, or the pilot begins anew, the car under test
  The car leaves a network that has failed it and matches again, as often as it may.

  @HIL-ML10
  Rule: A link that does not come up within TT_match_join (12 s) is tried again, three times in all

    @TC_EVCC_CMN_VTB_PLCLinkStatus_001
    Scenario: The key is of no network
      Given a SECC with
        | TT_match_join | 120000 |
      And every CM_SLAC_MATCH.CNF of the SECC has
        | NMK | 0123456789ABCDEF0123456789ABCDEF |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | number | 2                       |
        | RunID  | not that of the request |
        | within | 14.5 s                  |
      And the EVCC sends no CM_SLAC_MATCH.REQ later than 30 s after that
      And a following session completes

  @V2G3-M06-13
  Rule: A pilot that comes to state B with 5 % triggers matching

    @TC_EVCC_CMN_VTB_PLCLinkStatus_006
    Scenario Outline: The station asks for a new match
      Given a match in which the EVCC has sent <message>
      When the pilot goes to state <state> for 4 s
      Then the EVCC sends CM_SLAC_PARM.REQ with
        | RunID  | not that of the request |
        | within | 4 s to 14 s             |

      Examples:
        | message                 | state |
        | CM_START_ATTEN_CHAR.IND | E     |
        | CM_SLAC_MATCH.REQ       | E     |
        | CM_SLAC_MATCH.REQ       | F     |

  @V2G3-M09-18
  Rule: A car whose link is lost leaves the network

    Scenario: The station is gone from the network
      Given a session in pre-charge
      When the SECC leaves the network
      Then the EVCC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 7 s         |
      And the EVCC has opened its contactor and shows state B within 7 s

  @V2G3-A09-114 @needs-amp-map
  Rule: Amplitude maps are confirmed, and asked for three times at most

    @TC_EVCC_CMN_VTB_CmAmpMap_001
    Scenario: The station tells its map
      Given a SECC with
        | CM_AMP_MAP | ask |
      When the plug is put in
      Then the EVCC sends CM_AMP_MAP.CNF with
        | da      | the station |
        | ResType | 0           |
        | times   | 1           |

    @TC_EVCC_CMN_VTB_CmAmpMap_007
    Scenario: Its confirmation was lost
      Given a SECC with
        | CM_AMP_MAP | ask |
      And the line loses CM_AMP_MAP.CNF 1 time
      When the plug is put in
      Then the EVCC sends CM_AMP_MAP.CNF with
        | number | 2 |
        | times  | 2 |

    @TC_EVCC_CMN_VTB_CmAmpMap_002
    Scenario: The car tells its map soon after the link is there
      Given an EVCC with
        | CM_AMP_MAP | ask |
      When the plug is put in
      Then the EVCC sends CM_AMP_MAP.REQ
      And CM_AMP_MAP.REQ comes 0 ms to 100 ms after the last VS_PL_LNK_STATUS.CNF

    @TC_EVCC_CMN_VTB_CmAmpMap_005
    Scenario: A map of no carriers
      Given a SECC with
        | CM_AMP_MAP | ask |
      And every CM_AMP_MAP.REQ of the SECC has
        | AMLEN | 0 |
      When the plug is put in
      Then the EVCC never sends CM_AMP_MAP.CNF

    Scenario: The car tells its map and every confirmation is wrong
      Given an EVCC with
        | CM_AMP_MAP | ask |
      And every CM_AMP_MAP.CNF of the SECC has
        | ResType | 1 |
      When the plug is put in
      Then the EVCC sends CM_AMP_MAP.REQ 3 times, 200 ms apart
      And a following session completes
