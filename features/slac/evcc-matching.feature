@iso15118-3 @sut-evcc
Feature: Matching, the car under test
  The car sounds, listens to what the station heard, and joins the network of the one it is plugged into.

  @V2G3-M06-13
  Rule: A pilot that comes to state B with 5 % triggers matching

    @TC_EVCC_CMN_VTB_CmSlacParm_001
    Scenario: The plug is put in
      When the plug is put in
      Then the EVCC sends CM_SLAC_PARM.REQ with
        | da               | all stations |
        | APPLICATION_TYPE | 0            |
        | SECURITY_TYPE    | 0            |
        | within           | 10 s         |

  @HIL-ML15
  Rule: The RunID is another one for each match, and not made of the vehicle's address

    Scenario: The first match
      When the plug is put in
      Then the EVCC sends CM_SLAC_PARM.REQ with
        | RunID | a fresh one |

    Scenario: The next match
      Given a match in which the EVCC has sent CM_SLAC_MATCH.REQ
      When the pilot goes to state E for 4 s
      Then the EVCC sends CM_SLAC_PARM.REQ with
        | RunID | a fresh one |

  @HIL-CP12
  Rule: Matching starts at 3 to 7 % only

    Scenario Outline: A duty cycle that calls for communication
      Given a pilot that does not call for communication
      When the pilot oscillates at <duty> %
      Then the EVCC sends CM_SLAC_PARM.REQ

      Examples:
        | duty |
        | 3    |
        | 5    |
        | 7    |

    Scenario Outline: A duty cycle that does not
      Given a pilot that does not call for communication
      When the pilot oscillates at <duty> %
      Then the EVCC never sends CM_SLAC_PARM.REQ

      Examples:
        | duty |
        | 0    |
        | 2    |
        | 8    |
        | 10   |
        | 53   |
        | 96   |
        | 100  |

  @V2G3-A09-27
  Rule: Three CM_START_ATTEN_CHAR.IND begin the sounding

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_001
    Scenario: After CM_SLAC_PARM.CNF
      When the plug is put in
      Then the EVCC sends CM_START_ATTEN_CHAR.IND 3 times, 20 ms to 50 ms apart
      And the EVCC sends CM_START_ATTEN_CHAR.IND with
        | NUM_SOUNDS     | 10                  |
        | Time_Out       | 6                   |
        | RESP_TYPE      | 1                   |
        | FORWARDING_STA | the vehicle         |
        | RunID          | that of the request |

  @V2G3-A09-28
  Rule: Ten soundings follow and count down from 9 to 0

    Scenario: The soundings
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ
      And the sounds count down from 9 to 0

  @V2G3-A09-29
  Rule: The frames of the sounding are 20 to 50 ms apart

    Scenario: The soundings
      When the plug is put in
      Then the EVCC sends CM_MNBC_SOUND.IND 10 times, 20 ms to 50 ms apart

  @V2G3-A09-10
  Rule: Without CM_SLAC_PARM.CNF the request is repeated, twice at most

    @TC_EVCC_CMN_VTB_CmSlacParm_002
    Scenario: No confirmation comes
      Given the line loses CM_SLAC_PARM.CNF 99 times
      When the plug is put in
      Then the EVCC sends CM_SLAC_PARM.REQ 3 times, 200 ms apart
      And a following session completes

  @V2G3-A09-124
  Rule: TT_matching_rate (400 ms) lies between two matches, each with a RunID of its own

    @TC_EVCC_CMN_VTB_CmSlacParm_010
    Scenario: No confirmation comes
      Given the line loses CM_SLAC_PARM.CNF 99 times
      When the plug is put in
      Then the EVCC matches again with another RunID after 400 ms at least

  @V2G3-A09-125 @V2G3-A09-122
  Rule: Attempts end when TT_matching_repetition (10 s) is over

    Scenario: No confirmation ever comes
      Given the line loses CM_SLAC_PARM.CNF 99 times
      When the plug is put in
      Then the EVCC sends no CM_SLAC_PARM.REQ later than 11 s after that
      And a following session completes

  @V2G3-A09-21
  Rule: Every CM_ATTEN_CHAR.IND is answered, a repeated one too

    Scenario: The response was lost
      Given the line loses CM_ATTEN_CHAR.RSP 1 time
      When the plug is put in
      Then the EVCC answers CM_ATTEN_CHAR.IND with CM_ATTEN_CHAR.RSP within 100 ms
      And the EVCC sends CM_ATTEN_CHAR.RSP with
        | da             | the station         |
        | SOURCE_ADDRESS | the vehicle         |
        | RunID          | that of the request |
        | Result         | 0                   |

  @V2G3-A09-30
  Rule: TT_EV_atten_results (1.2 s) after the first CM_START_ATTEN_CHAR.IND the match has failed

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_003
    Scenario: No result comes
      Given the line loses CM_ATTEN_CHAR.IND 3 times
      When the plug is put in
      Then the EVCC matches again with another RunID after 1.6 s at least
      And the EVCC sends CM_SLAC_MATCH.REQ

  @V2G3-A09-94
  Rule: Without CM_SLAC_MATCH.CNF the request is sent three times in all

    @TC_EVCC_CMN_VTB_CmSlacMatch_003
    Scenario: No confirmation comes
      Given the line loses CM_SLAC_MATCH.CNF 3 times
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ 3 times, 200 ms apart
      And a following session completes

    Scenario: The second confirmation arrives
      Given the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ 2 times, 200 ms apart
      And the EVCC joins with the key that CM_SLAC_MATCH.CNF told

  @HIL-ML05
  Rule: The car joins with the key that it was told

    @TC_EVCC_CMN_VTB_CmSlacMatch_002
    Scenario: After the match
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | da       | the station         |
        | PEV_MAC  | the vehicle         |
        | EVSE_MAC | the station         |
        | RunID    | that of the request |
      And the EVCC joins with the key that CM_SLAC_MATCH.CNF told

  @HIL-ML06
  Rule: SDP comes after the link

    Scenario: The first SDP request
      When the plug is put in
      Then the network carries an SDP request of the EVCC within 12 s of the match

  @V2G3-A09-123
  Rule: The pilot stops matching at once

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_012 @TC_EVCC_CMN_VTB_AttenuationCharacterization_013
    Scenario Outline: The pilot changes while the car sounds
      Given a match in which the EVCC has sent CM_MNBC_SOUND.IND
      When the pilot <change>
      Then the EVCC never sends CM_SLAC_MATCH.REQ
      And the EVCC never sends CM_SLAC_PARM.REQ
      And a following session completes

      Examples:
        | change            |
        | stops oscillating |
        | goes to state E   |
        | goes to state F   |
        | is interrupted    |

    Scenario Outline: The pilot changes before the car sounds
      Given a match in which the EVCC has sent CM_SLAC_PARM.REQ
      When the pilot <change>
      Then the EVCC never sends CM_START_ATTEN_CHAR.IND
      And the EVCC never sends CM_SLAC_PARM.REQ
      And a following session completes

      Examples:
        | change            |
        | stops oscillating |
        | goes to state F   |

    @needs-validation @TC_EVCC_CMN_VTB_CmValidate_020 @TC_EVCC_CMN_VTB_CmValidate_021
    Scenario Outline: The pilot changes in a validation
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And every CM_VALIDATE.CNF of the SECC has
        | delay | 100 ms |
      And a match in which the EVCC has sent CM_VALIDATE.REQ
      When the pilot <change>
      Then the EVCC never sends CM_VALIDATE.REQ
      And a following session completes

      Examples:
        | change            |
        | stops oscillating |
        | goes to state E   |
        | goes to state F   |

    @TC_EVCC_CMN_VTB_PLCLinkStatus_003 @TC_EVCC_CMN_VTB_PLCLinkStatus_004
    Scenario Outline: The pilot changes while the car joins
      Given a match in which the EVCC has sent CM_SET_KEY.REQ 2 times
      When the pilot <change>
      Then the EVCC sends CM_SET_KEY.REQ with
        | NewKey | a fresh one |
        | within | 1 s         |
      And the EVCC never sends CM_SLAC_PARM.REQ
      And a following session completes

      Examples:
        | change            |
        | stops oscillating |
        | goes to state F   |

  @V2G3-M06-15
  Rule: Another duty cycle does not interrupt matching

    @TC_EVCC_AC_VTB_AttenuationCharacterization_001
    Scenario Outline: The duty cycle changes while the car sounds
      Given a match in which the EVCC has sent CM_START_ATTEN_CHAR.IND
      When the pilot oscillates at <duty> %
      Then the EVCC sends CM_SLAC_MATCH.REQ

      Examples:
        | duty |
        | 10   |
        | 96   |

    @needs-validation @TC_EVCC_CMN_VTB_CmValidate_002 @TC_EVCC_CMN_VTB_CmValidate_003
    Scenario Outline: The duty cycle changes in a validation
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And every CM_VALIDATE.CNF of the SECC has
        | number    | 2 |
        | ToggleNum | 3 |
        | Result    | 2 |
      And a match in which the EVCC has sent CM_VALIDATE.REQ
      When the pilot oscillates at <duty> %
      Then the EVCC sends CM_SLAC_MATCH.REQ

      Examples:
        | duty |
        | 10   |
        | 96   |
