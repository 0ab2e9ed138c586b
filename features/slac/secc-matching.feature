@iso15118-3 @sut-secc
Feature: Matching, the station under test
  The station answers the car that is plugged in, measures it, and lets it into a network of its own.

  @HIL-ML01
  Rule: CM_SLAC_PARM.CNF goes to the vehicle alone, with the parameters of the sounding

    @TC_SECC_CMN_VTB_CmSlacParm_001
    Scenario: A request in state B
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | da             | the vehicle         |
        | M-SOUND_TARGET | FF:FF:FF:FF:FF:FF   |
        | NUM_SOUNDS     | 10                  |
        | Time_Out       | 6                   |
        | RESP_TYPE      | 1                   |
        | FORWARDING_STA | the vehicle         |
        | RunID          | that of the request |

    @TC_SECC_CMN_VTB_CmSlacParm_002 @TC_SECC_CMN_VTB_CmSlacParm_003
    Scenario Outline: A request of a vehicle that asks for power already
      Given there is a vehicle that shows state <state> from the start
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | da    | the vehicle         |
        | RunID | that of the request |

      Examples:
        | state |
        | C     |
        | D     |

  @HIL-TM23
  Rule: The station answers within TP_match_response (100 ms)

    Scenario Outline: Each request of a match
      When the plug is put in
      Then the SECC answers <request> with <answer> within 100 ms

      Examples:
        | request           | answer            |
        | CM_SLAC_PARM.REQ  | CM_SLAC_PARM.CNF  |
        | CM_SLAC_MATCH.REQ | CM_SLAC_MATCH.CNF |

    @TC_SECC_CMN_VTB_CmSlacParm_009
    Scenario: The first request after 5 %
      Given every CM_SLAC_PARM.REQ of the EVCC has
        | delay | 100 ms |
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | RunID  | that of the request |
        | within | 300 ms              |
        | times  | 1                   |

  @V2G3-A09-16
  Rule: A repeated CM_SLAC_PARM.REQ is answered again

    @TC_SECC_CMN_VTB_AttenuationCharacterization_002
    Scenario: The confirmation was lost
      Given the line loses CM_SLAC_PARM.CNF 1 time
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF 2 times, 100 ms to 300 ms apart
      And the SECC sends CM_SLAC_MATCH.CNF

  @V2G3-A09-44
  Rule: When all soundings have arrived the result is told without waiting

    @TC_SECC_CMN_VTB_AttenuationCharacterization_001
    Scenario: Ten soundings
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | da             | the vehicle         |
        | SOURCE_ADDRESS | the vehicle         |
        | RunID          | that of the request |
        | NumSounds      | 10                  |
        | NumGroups      | 58                  |
      And CM_ATTEN_CHAR.IND comes 0 ms to 100 ms after the last CM_ATTEN_PROFILE.IND

    Scenario Outline: Soundings as far apart as they may be
      Given an EVCC with
        | TP_EV_batch_msg_interval | <apart> |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10 |
      And CM_ATTEN_CHAR.IND comes 0 ms to 100 ms after the last CM_ATTEN_PROFILE.IND

      Examples:
        | apart |
        | 20    |
        | 45    |

  @V2G3-A09-19 @HIL-TM24
  Rule: Otherwise it is told when TT_EVSE_match_MNBC (600 ms) is over

    @TC_SECC_CMN_VTB_AttenuationCharacterization_003
    Scenario Outline: Soundings are lost
      Given the line loses CM_MNBC_SOUND.IND <lost> times
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | <heard> |
      And CM_ATTEN_CHAR.IND comes 600 ms to 700 ms after the first CM_START_ATTEN_CHAR.IND

      Examples:
        | lost | heard |
        | 1    | 9     |
        | 9    | 1     |

    Scenario: Soundings stall
      Given every CM_MNBC_SOUND.IND of the EVCC has
        | number | 6 to 10 |
        | delay  | 552 ms  |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 5 |
        | times     | 1 |
      And CM_ATTEN_CHAR.IND comes 600 ms to 700 ms after the first CM_START_ATTEN_CHAR.IND

  @HIL-SL06
  Rule: Without any sounding there is no result

    @TC_SECC_CMN_VTB_AttenuationCharacterization_012
    Scenario: All soundings are lost
      Given the line loses CM_MNBC_SOUND.IND 10 times
      When the plug is put in
      Then the SECC has not sent CM_ATTEN_CHAR.IND after 1 s

  @V2G3-A09-20
  Rule: The attenuation of each group is averaged over the soundings

    Scenario Outline: As the modem has measured
      Given the line loses CM_MNBC_SOUND.IND <lost> times
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND
      And the attenuation of each group is the mean of what the modem measured

      Examples:
        | lost |
        | 0    |
        | 3    |

  @V2G3-A09-46
  Rule: Without CM_ATTEN_CHAR.RSP the result is repeated, twice at most

    @TC_SECC_CMN_VTB_AttenuationCharacterization_004
    Scenario: No response comes
      Given the line loses CM_ATTEN_CHAR.RSP 99 times
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND 3 times, 200 ms apart

    Scenario: The second response arrives
      Given the line loses CM_ATTEN_CHAR.RSP 1 time
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND 2 times, 200 ms apart
      And the SECC sends CM_SLAC_MATCH.CNF

  @HIL-ML02
  Rule: CM_SLAC_MATCH.CNF tells the key to the vehicle alone

    @TC_SECC_CMN_VTB_CmSlacMatch_001
    Scenario: A valid request
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF with
        | da       | the vehicle         |
        | PEV_MAC  | the vehicle         |
        | EVSE_MAC | the station         |
        | RunID    | that of the request |
        | NMK      | that of its modem   |
        | NID      | that of its modem   |

  @HIL-SL10
  Rule: A repeated CM_SLAC_MATCH.REQ gets the same confirmation

    @TC_SECC_CMN_VTB_CmSlacMatch_003
    Scenario: The confirmation was lost
      Given the line loses CM_SLAC_MATCH.CNF 1 time
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF 2 times, 100 ms to 300 ms apart
      And each CM_SLAC_MATCH.CNF holds the same octets

  @V2G3-A09-119 @HIL-TM26
  Rule: With the link up within TT_match_join (12 s) the station is matched

    Scenario: The vehicle joins
      When the plug is put in
      Then the network carries an SDP request of the EVCC within 12 s of the match

  @HIL-ML03
  Rule: The modem has its key before the vehicle comes

    Scenario: From the start to the match
      When the plug is put in
      Then the SECC has given its modem a key before the vehicle came, and none until the match

  @HIL-ML04
  Rule: In state A there is no answer

    @TC_SECC_CMN_VTB_CmSlacParm_007
    Scenario: A request of a vehicle at another station
      When CM_SLAC_PARM.REQ of the vehicle is heard over the line
      Then the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

    @TC_SECC_CMN_VTB_CmSlacParm_007
    Scenario: A request of a vehicle that has gone
      Given a match in which the EVCC has sent CM_START_ATTEN_CHAR.IND
      And the pilot is interrupted
      When CM_SLAC_PARM.REQ of the vehicle is heard over the line
      Then the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

  @HIL-ML14
  Rule: One CM_START_ATTEN_CHAR.IND is enough

    Scenario: Two of three are lost
      Given the line loses CM_START_ATTEN_CHAR.IND 2 times
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | NumSounds | 10                  |
        | RunID     | that of the request |

  @V2G3-A09-123
  Rule: The pilot stops matching at once

    @TC_SECC_CMN_VTB_AttenuationCharacterization_019
    Scenario Outline: The pilot is lost
      Given a match in which the EVCC has sent <message>
      When the pilot is interrupted
      Then the SECC never sends <answer>
      And a following session completes

      Examples:
        | message                 | answer            |
        | CM_START_ATTEN_CHAR.IND | CM_ATTEN_CHAR.IND |
        | CM_MNBC_SOUND.IND       | CM_ATTEN_CHAR.IND |

    @TC_SECC_CMN_VTB_CmSlacMatch_023
    Scenario: The pilot is lost before the match is asked for
      Given every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 300 ms |
      And a match in which the EVCC has sent CM_ATTEN_CHAR.RSP
      When the pilot is interrupted
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes
