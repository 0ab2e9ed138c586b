@iso15118-3 @sut-secc
Feature: Times of matching, the station under test
  Each step of a matching has its time; what comes later counts for nothing, what comes earlier counts, however slow it may seem.

  @HIL-TM21
  Rule: TT_match_sequence: the sounding begins 400 ms after CM_SLAC_PARM.CNF at the latest

    @TC_SECC_CMN_VTB_AttenuationCharacterization_012
    Scenario Outline: The sounding begins late
      Given every CM_START_ATTEN_CHAR.IND of the EVCC has
        | delay | <delay> |
      And every CM_MNBC_SOUND.IND of the EVCC has
        | delay | <delay> |
      When the plug is put in
      Then the SECC never sends CM_ATTEN_CHAR.IND
      And a following session completes

      Examples:
        | delay  |
        | 350 ms |
        | 2 s    |

    Scenario: The sounding begins in time
      Given every CM_START_ATTEN_CHAR.IND of the EVCC has
        | delay | 220 ms |
      And every CM_MNBC_SOUND.IND of the EVCC has
        | delay | 220 ms |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10 |

  @HIL-TM25
  Rule: TT_EVSE_match_session: the match is asked for within 10 s

    @TC_SECC_CMN_VTB_CmSlacMatch_005
    Scenario: Too late
      Given every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 10.2 s |
      When the plug is put in
      Then the SECC has not sent CM_SLAC_MATCH.CNF after 25 s
      And a following session completes

    Scenario Outline: As late as vehicles in the field
      Given every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | <delay> |
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF with
        | da | the vehicle |

      Examples:
        | delay |
        | 1 s   |
        | 9.5 s |

  @HIL-TM22
  Rule: A response that comes before the matching has failed counts

    Scenario: After two repetitions
      Given every CM_ATTEN_CHAR.RSP of the EVCC has
        | delay | 540 ms |
      And every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 600 ms |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND 3 times, 200 ms apart
      And the SECC sends CM_SLAC_MATCH.CNF

    @TC_SECC_CMN_VTB_AttenuationCharacterization_004
    Scenario: After the matching has failed
      Given every CM_ATTEN_CHAR.RSP of the EVCC has
        | delay | 700 ms |
      And every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 750 ms |
      When the plug is put in
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

  @HIL-SL12
  Rule: A matching that falls silent is over, and the next one is served

    Scenario Outline: Silence after a step
      Given the line loses <message> <times> times
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF
      And a following session completes

      Examples:
        | message                 | times |
        | CM_START_ATTEN_CHAR.IND | 3     |
        | CM_MNBC_SOUND.IND       | 10    |
        | CM_ATTEN_CHAR.RSP       | 3     |
        | CM_SLAC_MATCH.REQ       | 3     |

  @HIL-SL04
  Rule: A repeated or new CM_SLAC_PARM.REQ begins the matching of its sender anew

    Scenario: Twice before any answer
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | times | 2 |
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | RunID | that of the request |
        | times | 2                   |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | times | 1 |

    Scenario: With another RunID
      Given the line loses CM_SLAC_PARM.CNF 3 times
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | times | 4 |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | RunID | not that of the request |

    Scenario: With another RunID in the middle of a matching
      Given a match in which the EVCC has sent CM_MNBC_SOUND.IND
      When CM_SLAC_PARM.REQ of the vehicle with another RunID is heard over the line
      Then the SECC sends CM_SLAC_PARM.CNF with
        | da    | the vehicle   |
        | RunID | another RunID |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | RunID | that of the request |
      And a following session completes

    @TC_SECC_CMN_VTB_AttenuationCharacterization_020
    Scenario Outline: In the middle of a matching
      Given a match in which the EVCC has sent <message>
      When CM_SLAC_PARM.REQ of the vehicle is heard over the line
      Then the SECC sends CM_SLAC_PARM.CNF with
        | da | the vehicle |
      And the SECC has not sent CM_ATTEN_CHAR.IND after 1 s
      And a following session completes

      Examples:
        | message                 |
        | CM_START_ATTEN_CHAR.IND |
        | CM_MNBC_SOUND.IND       |
