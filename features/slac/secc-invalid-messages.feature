@iso15118-3 @sut-secc
Feature: Invalid messages of matching, the station under test
  What is not as it has to be counts for nothing: no answer, no change, and the next vehicle is served.

  @HIL-SL03
  Rule: CM_SLAC_PARM.REQ of another application or security is ignored

    @TC_SECC_CMN_VTB_CmSlacParm_005 @TC_SECC_CMN_VTB_CmSlacParm_006
    Scenario Outline: A request that is not for this
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | <field> | 0xFF |
      When the plug is put in
      Then the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

      Examples:
        | field            |
        | APPLICATION_TYPE |
        | SECURITY_TYPE    |

  @HIL-SL05
  Rule: CM_START_ATTEN_CHAR.IND with wrong values is ignored

    @TC_SECC_CMN_VTB_AttenuationCharacterization_013
    Scenario Outline: A value that cannot be
      Given every CM_START_ATTEN_CHAR.IND of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC never sends CM_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | field            | value |
        | APPLICATION_TYPE | 0xFF  |
        | SECURITY_TYPE    | 0xFF  |
        | NUM_SOUNDS       | 0     |
        | Time_Out         | 0     |
        | RESP_TYPE        | 0     |

  @V2G3-A09-41
  Rule: CM_START_ATTEN_CHAR.IND of another matching is ignored

    @TC_SECC_CMN_VTB_AttenuationCharacterization_018
    Scenario Outline: It is not of this matching
      Given every CM_START_ATTEN_CHAR.IND of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC never sends CM_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | field          | value           |
        | RunID          | another RunID   |
        | sa             | another vehicle |
        | FORWARDING_STA | another vehicle |

  @V2G3-A09-43
  Rule: Only soundings of this vehicle and matching are counted

    Scenario Outline: Soundings of others
      Given every CM_MNBC_SOUND.IND of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC never sends CM_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | field            | value           |
        | RunID            | another RunID   |
        | sa               | another vehicle |
        | APPLICATION_TYPE | 0xFF            |

    Scenario: Profiles of another vehicle
      Given a profile of another vehicle is heard every 20 ms
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | da        | the vehicle |
        | NumSounds | 10          |
      And the attenuation of each group is the mean of what the modem measured
      And a following session completes

    Scenario: More soundings than were announced
      Given every CM_MNBC_SOUND.IND of the EVCC has
        | times | 2 |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10 |
        | times     | 1  |

    Scenario: Soundings that end after their RunID, as some vehicles send them
      Given every CM_MNBC_SOUND.IND of the EVCC has
        | octets | 64 |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10 |

  @V2G3-A09-47 @HIL-SL08
  Rule: CM_ATTEN_CHAR.RSP with wrong values is as none

    @TC_SECC_CMN_VTB_AttenuationCharacterization_005
    Scenario Outline: A response that is none
      Given every CM_ATTEN_CHAR.RSP of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND 3 times, 200 ms apart
      And the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

      Examples:
        | field            | value           |
        | APPLICATION_TYPE | 0xFF            |
        | SECURITY_TYPE    | 0xFF            |
        | SOURCE_ADDRESS   | 0               |
        | RunID            | another RunID   |
        | SOURCE_ID        | FF              |
        | RESP_ID          | FF              |
        | Result           | 0xFF            |
        | sa               | another vehicle |

  @V2G3-A09-98
  Rule: CM_SLAC_MATCH.REQ with wrong values is ignored

    @TC_SECC_CMN_VTB_CmSlacMatch_007
    Scenario Outline: A request that is none
      Given every CM_SLAC_MATCH.REQ of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC never sends CM_SLAC_MATCH.CNF
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
        | sa               | another vehicle |

  @HIL-SL09
  Rule: CM_SLAC_MATCH.REQ is answered only after the result has been acknowledged

    Scenario: Before CM_ATTEN_CHAR.RSP
      Given every CM_ATTEN_CHAR.RSP of the EVCC has
        | delay | 3 s |
      When the plug is put in
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

    Scenario: Without any matching
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | delay | 60 s |
      And the plug is put in
      When CM_SLAC_MATCH.REQ of the vehicle is heard over the line
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

  @HIL-SL01
  Rule: What is no message of matching disturbs no matching

    Scenario Outline: Frames that are none
      Given <frame> is heard every 20 ms
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF with
        | da    | the vehicle |
        | times | 1           |
      And a following session completes

      Examples:
        | frame                               |
        | an MME of version 0                 |
        | an MME of version 2                 |
        | an MME of version FF                |
        | an MME of an unknown type           |
        | a fragment of an MME                |
        | an attenuation in the vendor's form |

  @HIL-SL02
  Rule: What is cut, too long or too much disturbs no matching

    Scenario Outline: Frames of a wrong length
      Given <frame> is heard every 5 ms
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10 |
      And the attenuation of each group is the mean of what the modem measured
      And the SECC sends CM_SLAC_MATCH.CNF with
        | da    | the vehicle |
        | times | 1           |
      And a following session completes

      Examples:
        | frame                                     |
        | an MME cut after another octet each time  |
        | random octets                             |
        | an MME of 1514 octets                     |
        | a profile of no groups                    |
        | a profile of 59 groups                    |
        | a profile of 255 groups                   |

  @HIL-G4
  Rule: What seems to come from itself is not answered

    Scenario: A request with the own address as its sender
      Given an MME from its own address is heard every 20 ms
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | da    | the vehicle |
        | times | 1           |
