@iso15118-3 @sut-secc
Feature: When nobody asks, nobody joins, or the link is lost, the station under test
  The station steps its pilot so that the vehicle begins anew, leaves the network that has failed, and is ready again.

  @V2G3-M06-07
  Rule: Without a request in TT_EVSE_SLAC_init the pilot steps through E or F, twice at most

    @HIL-TM20 @TC_SECC_CMN_VTB_CmSlacParm_004
    Scenario: Nobody asks
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | APPLICATION_TYPE | 0xFF |
      When the plug is put in
      Then the pilot goes through
        | B1 | any          |
        | B2 | 20 s to 51 s |
        | F  | 4 s to 8 s   |
        | B2 | 20 s to 51 s |
        | F  | 4 s to 8 s   |
        | B2 | 20 s to 51 s |
        | B1 | 60 s         |
      And a following session completes

    @TC_SECC_CMN_VTB_CmSlacParm_004
    Scenario: A request after the last step
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | delay | 140 s |
      When the plug is put in
      Then the SECC has not sent CM_SLAC_PARM.CNF after 200 s
      And a following session completes

  @V2G3-M06-09
  Rule: A step to E or F lasts T_step_EF (4 s) at least

    Scenario: The first step
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | SECURITY_TYPE | 0xFF |
      When the plug is put in
      Then the pilot goes through
        | B1 | any        |
        | B2 | any        |
        | F  | 4 s to 8 s |
        | B2 | any        |

  @HIL-ML09
  Rule: SLAC_WAIT_TIMEOUT_S: a match that takes too long begins anew after a moment without 5 %

    Scenario: Nobody asks
      Given a SECC with
        | SLAC_WAIT_TIMEOUT_S | 25 |
      And every CM_SLAC_PARM.REQ of the EVCC has
        | APPLICATION_TYPE | 0xFF |
      When the plug is put in
      Then the pilot goes through
        | B1 | any            |
        | B2 | 24.9 s to 26 s |
        | B1 | 500 ms to 3 s  |
        | B2 | 24.9 s to 26 s |
        | B1 | 500 ms to 3 s  |
        | B2 | any            |
      And a following session completes

  @V2G3-M07-05
  Rule: A link that does not come up leads through X1 and E or F

    @TC_SECC_CMN_VTB_PLCLinkStatus_001
    Scenario: Nobody joins
      Given an EVCC with
        | TT_match_response | 60000 |
      And the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the pilot goes through
        | B1 | any          |
        | B2 | 12 s to 14 s |
        | B1 | any          |
        | F  | any          |
        | B2 | any          |
      And a following session completes

  @V2G3-M07-07
  Rule: The step to X1 lasts T_step_X1 (3 s) at least

    Scenario: Nobody joins
      Given an EVCC with
        | TT_match_response | 60000 |
      And the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the pilot goes through
        | B1 | any        |
        | B2 | any        |
        | B1 | 3 s to 6 s |
        | F  | any        |

  @V2G3-M07-08
  Rule: The step to E or F lasts T_step_EF (4 s) at least

    Scenario: Nobody joins
      Given an EVCC with
        | TT_match_response | 60000 |
      And the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the pilot goes through
        | B1 | any        |
        | B2 | any        |
        | B1 | any        |
        | F  | 4 s to 8 s |
        | B2 | any        |

  @V2G3-M07-06
  Rule: A network that nobody has joined gets another key

    Scenario: Nobody joins
      Given an EVCC with
        | TT_match_response | 60000 |
      And the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the SECC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 13.5 s      |

  @V2G3-M07-09
  Rule: After its steps the station matches again

    Scenario: Nobody has joined
      Given an EVCC with
        | TT_match_response | 60000 |
      And the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the pilot goes through
        | B1 | any |
        | B2 | any |
        | B1 | any |
        | F  | any |
        | B2 | 1 s |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | times | 2 |
      And a following session completes

  @HIL-SL15
  Rule: A link that is lost ends the session, and the station begins anew

    Scenario Outline: The vehicle is gone from the network
      Given a session in <phase>
      When the EVCC leaves the network
      Then the pilot goes through
        | X2 | any        |
        | X1 | any        |
        | F  | 4 s to 8 s |
        | X2 | any        |
      And a following session completes

      Examples:
        | phase           |
        | the cable check |
        | pre-charge      |

  @V2G3-M09-18
  Rule: A station whose vehicle has gone leaves the network

    @TC_SECC_CMN_VTB_PLCLinkStatus_002
    Scenario Outline: The plug is pulled
      Given a session in <phase>
      When the plug is pulled out by force
      Then the SECC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 1 s         |
      And a following session completes

      Examples:
        | phase             |
        | the cable check   |
        | the charging loop |

  @V2G3-M06-06
  Rule: An authorisation does not disturb a match

    Scenario Outline: The customer is authorised while the vehicle is matched
      Given a match in which the EVCC has sent <message>
      When the operator authorises the customer
      Then the SECC sends CM_SLAC_MATCH.CNF

      Examples:
        | message                 |
        | CM_START_ATTEN_CHAR.IND |
        | CM_MNBC_SOUND.IND       |

  @V2G3-A09-114 @needs-amp-map
  Rule: Amplitude maps are confirmed, and asked for three times at most

    @TC_SECC_CMN_VTB_CmAmpMap_001
    Scenario: The vehicle tells its map
      Given an EVCC with
        | CM_AMP_MAP | ask |
      When the plug is put in
      Then the SECC sends CM_AMP_MAP.CNF with
        | da      | the vehicle |
        | ResType | 0           |
        | times   | 1           |
      And a following session completes

    @TC_SECC_CMN_VTB_CmAmpMap_005
    Scenario: A map of no carriers
      Given an EVCC with
        | CM_AMP_MAP | ask |
      And every CM_AMP_MAP.REQ of the EVCC has
        | AMLEN | 0 |
      When the plug is put in
      Then the SECC never sends CM_AMP_MAP.CNF
      And a following session completes

    @TC_SECC_CMN_VTB_CmAmpMap_006
    Scenario: The station tells its map
      Given a SECC with
        | CM_AMP_MAP | ask |
      When the plug is put in
      Then the SECC sends CM_AMP_MAP.REQ with
        | da    | the vehicle |
        | times | 1           |
      And a following session completes

    Scenario: It tells its map soon after the link is there
      Given a SECC with
        | CM_AMP_MAP | ask |
      When the plug is put in
      Then the SECC sends CM_AMP_MAP.REQ
      And CM_AMP_MAP.REQ comes 0 ms to 100 ms after the last VS_PL_LNK_STATUS.CNF

    Scenario: Its confirmation was lost
      Given an EVCC with
        | CM_AMP_MAP | ask |
      And the line loses CM_AMP_MAP.CNF 1 time
      When the plug is put in
      Then the SECC sends CM_AMP_MAP.CNF with
        | number | 2 |
        | times  | 2 |
      And a following session completes

    @TC_SECC_CMN_VTB_CmAmpMap_007
    Scenario: Every confirmation is wrong
      Given a SECC with
        | CM_AMP_MAP | ask |
      And every CM_AMP_MAP.CNF of the EVCC has
        | ResType | 1 |
      When the plug is put in
      Then the SECC sends CM_AMP_MAP.REQ 3 times, 200 ms apart
      And a following session completes
