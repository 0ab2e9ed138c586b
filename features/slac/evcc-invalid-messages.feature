@iso15118-3 @sut-evcc
Feature: Invalid messages of matching, the car under test
  What is not as it has to be is as if it had not come.

  @V2G3-A09-09
  Rule: CM_SLAC_PARM.CNF with wrong values is as none

    @TC_EVCC_CMN_VTB_CmSlacParm_003
    Scenario Outline: A confirmation that is none
      Given every CM_SLAC_PARM.CNF of the SECC has
        | <field> | <value> |
      When the plug is put in
      Then the EVCC sends CM_SLAC_PARM.REQ 3 times, 200 ms apart
      And the EVCC never sends CM_START_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | field            | value         |
        | M-SOUND_TARGET   | 0             |
        | NUM_SOUNDS       | 0             |
        | Time_Out         | 0             |
        | RESP_TYPE        | 0             |
        | FORWARDING_STA   | 0             |
        | APPLICATION_TYPE | 0xFF          |
        | SECURITY_TYPE    | 0xFF          |
        | RunID            | another RunID |

  @V2G3-A09-31
  Rule: CM_ATTEN_CHAR.IND with wrong values, or too late, is not answered

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_004
    Scenario Outline: A result that is none
      Given every CM_ATTEN_CHAR.IND of the SECC has
        | <field> | <value> |
      When the plug is put in
      Then the EVCC never sends CM_ATTEN_CHAR.RSP
      And a following session completes

      Examples:
        | field            | value           |
        | APPLICATION_TYPE | 0xFF            |
        | SECURITY_TYPE    | 0xFF            |
        | SOURCE_ADDRESS   | 0               |
        | RunID            | another RunID   |
        | SOURCE_ID        | FF              |
        | RESP_ID          | FF              |
        | NumSounds        | 0               |
        | NumGroups        | 0               |

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_003
    Scenario: After TT_EV_atten_results
      Given every CM_ATTEN_CHAR.IND of the SECC has
        | delay | 950 ms |
      When the plug is put in
      Then the EVCC never sends CM_ATTEN_CHAR.RSP
      And a following session completes

    Scenario: Just in time
      Given every CM_ATTEN_CHAR.IND of the SECC has
        | delay | 750 ms |
      When the plug is put in
      Then the EVCC sends CM_ATTEN_CHAR.RSP with
        | da | the station |

  @V2G3-A09-95
  Rule: CM_SLAC_MATCH.CNF with wrong values is as none

    @TC_EVCC_CMN_VTB_CmSlacMatch_004
    Scenario Outline: A confirmation that is none
      Given every CM_SLAC_MATCH.CNF of the SECC has
        | <field> | <value> |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ 3 times, 200 ms apart
      And the EVCC never sends CM_SET_KEY.REQ
      And a following session completes

      Examples:
        | field            | value           |
        | APPLICATION_TYPE | 0xFF            |
        | SECURITY_TYPE    | 0xFF            |
        | MVFLength        | 0               |
        | PEV_ID           | FF              |
        | PEV_MAC          | 0               |
        | EVSE_ID          | FF              |
        | EVSE_MAC         | 0               |
        | RunID            | another RunID   |
        | sa               | another station |

  @HIL-ML05
  Rule: The car joins with the key that it was told

    Scenario: The NID does not follow from the key
      Given every CM_SLAC_MATCH.CNF of the SECC has
        | NID | 0A0B0C0D0E0F01 |
      When the plug is put in
      Then the EVCC sends CM_SET_KEY.REQ with
        | NID | 0A0B0C0D0E0F01 |

  @HIL-SL14
  Rule: A confirmation of an older matching or of another station is ignored

    Scenario Outline: A frame that was recorded before
      Given every CM_SLAC_MATCH.CNF of the SECC has
        | delay | 150 ms |
      And <frame> is heard every 20 ms
      When the plug is put in
      Then the EVCC sends CM_SET_KEY.REQ with
        | NewKey | not 0123456789ABCDEF0123456789ABCDEF |
        | times  | 1                                    |
      And the network carries an SDP request of the EVCC within 12 s of the match
      And a following session completes

      Examples:
        | frame                                |
        | CM_SLAC_MATCH.CNF of an older match  |
        | CM_SLAC_MATCH.CNF of another station |

  @HIL-ML11
  Rule: What is meant for stations is not answered by a car

    @TC_EVCC_CMN_VTB_CmSlacParm_009
    Scenario Outline: Another vehicle asks
      Given <frame> is heard every 20 ms
      When the plug is put in
      Then the EVCC never sends <answer>
      And a following session completes

      Examples:
        | frame                                      | answer            |
        | CM_SLAC_PARM.REQ of another vehicle        | CM_SLAC_PARM.CNF  |
        | CM_START_ATTEN_CHAR.IND of another vehicle | CM_ATTEN_CHAR.IND |
        | CM_MNBC_SOUND.IND of another vehicle       | CM_ATTEN_CHAR.IND |
        | CM_VALIDATE.REQ of another vehicle         | CM_VALIDATE.CNF   |
        | CM_ATTEN_CHAR.RSP of another vehicle       | CM_SLAC_MATCH.CNF |
        | CM_SLAC_MATCH.REQ of another vehicle       | CM_SLAC_MATCH.CNF |

  @HIL-SL01
  Rule: What is no message of matching disturbs no matching

    Scenario Outline: Frames that are none
      Given <frame> is heard every 20 ms
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | da    | the station |
        | times | 1           |
      And a following session completes

      Examples:
        | frame                    |
        | an MME of version 0      |
        | an MME of version FF     |
        | an MME of an unknown type |
        | a fragment of an MME     |

  @HIL-SL02
  Rule: What is cut, too long or too much disturbs no matching

    Scenario Outline: Frames of a wrong length
      Given <frame> is heard every 5 ms
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | da    | the station |
        | times | 1           |
      And a following session completes

      Examples:
        | frame                                    |
        | an MME cut after another octet each time |
        | random octets                            |
        | an MME of 1514 octets                    |
