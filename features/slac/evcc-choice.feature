@iso15118-3 @sut-evcc
Feature: Which station the car is plugged into, the car under test
  The car hears several stations; attenuation tells which is its own, and where that is in doubt toggles of the pilot do.

  @V2G3-A09-48
  Rule: The station with the least attenuation is the one

    @TC_EVCC_CMN_VTB_AttenuationCharacterization_002
    Scenario: A station that answers first is further away
      Given there is 1 other SECC with
        | CM_ATTEN_CHAR.IND.AAG | 31 dB |
      And every CM_ATTEN_CHAR.IND of the SECC has
        | delay | 10 ms |
      When the plug is put in
      Then the EVCC sends CM_ATTEN_CHAR.RSP with
        | number | 2 |
      And the EVCC sends CM_SLAC_MATCH.REQ with
        | da       | the station |
        | EVSE_MAC | the station |
        | times    | 1           |

    Scenario: Another station is nearer
      Given there is 1 other SECC with
        | CM_ATTEN_CHAR.IND.AAG | 9 dB |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | da       | another station |
        | EVSE_MAC | another station |

  @HIL-ML07
  Rule: Below the direct limit a station is the one, below the indirect limit it may be, above it is not

    Scenario Outline: Near enough
      Given an EVCC with
        | C_EV_match_signalattn_direct   | 10        |
        | C_EV_match_signalattn_indirect | 20        |
        | CM_VALIDATE                    | potential |
      And every CM_ATTEN_CHAR.IND of the SECC has
        | AAG | <attenuation> |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ with
        | da | the station |
      And the EVCC never sends CM_VALIDATE.REQ

      Examples:
        | attenuation |
        | 0 dB        |
        | 9 dB        |

    @needs-validation
    Scenario Outline: In doubt
      Given an EVCC with
        | C_EV_match_signalattn_direct   | 10        |
        | C_EV_match_signalattn_indirect | 20        |
        | CM_VALIDATE                    | potential |
      And every CM_ATTEN_CHAR.IND of the SECC has
        | AAG | <attenuation> |
      When the plug is put in
      Then the EVCC sends CM_VALIDATE.REQ with
        | da | the station |

      Examples:
        | attenuation |
        | 10 dB       |
        | 11 dB       |
        | 19 dB       |

    Scenario Outline: Too far away
      Given an EVCC with
        | C_EV_match_signalattn_direct   | 10 |
        | C_EV_match_signalattn_indirect | 20 |
      And every CM_ATTEN_CHAR.IND of the SECC has
        | AAG | <attenuation> |
      When the plug is put in
      Then the EVCC never sends CM_SLAC_MATCH.REQ

      Examples:
        | attenuation |
        | 20 dB       |
        | 21 dB       |
        | 60 dB       |

  @V2G3-M08-01 @needs-validation
  Rule: In a validation the pilot is toggled, each state for 200 to 400 ms

    Scenario Outline: A station that counts
      Given an EVCC with
        | CM_VALIDATE          | always    |
        | C_EV_vald_nb_toggles | <toggles> |
      And a SECC with
        | CM_VALIDATE | count |
      When the plug is put in
      Then the pilot goes through
        | B1 | any              |
        | B2 | any              |
        | C2 | 200 ms to 400 ms |
        | B2 | <then>           |
      And the EVCC sends CM_SLAC_MATCH.REQ

      Examples:
        | toggles | then             |
        | 1       | 400 ms           |
        | 3       | 200 ms to 400 ms |

  @V2G3-A09-72 @needs-validation
  Rule: A station that has counted each toggle is matched

    @TC_EVCC_CMN_VTB_CmValidate_001
    Scenario: Both steps
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      When the plug is put in
      Then the EVCC sends CM_VALIDATE.REQ with
        | SignalType | 0 |
        | Timer      | 0 |
        | Result     | 1 |
      And the EVCC sends CM_VALIDATE.REQ with
        | number | 2   |
        | Timer  | any |
        | Result | 1   |
      And the EVCC sends CM_SLAC_MATCH.REQ

  @V2G3-A09-73 @needs-validation
  Rule: A station that has counted otherwise is not matched

    @TC_EVCC_CMN_VTB_CmValidate_014
    Scenario Outline: The count is wrong
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And every CM_VALIDATE.CNF of the SECC has
        | number  | 2       |
        | <field> | <value> |
      When the plug is put in
      Then the EVCC has not sent CM_SLAC_MATCH.REQ after 3.5 s
      And a following session completes

      Examples:
        | field      | value |
        | ToggleNum  | 2     |
        | ToggleNum  | 0xFF  |
        | SignalType | 0xFF  |
        | Result     | 3     |
        | Result     | 0     |

  @V2G3-A09-62 @needs-validation
  Rule: A station that is not ready is asked again, and left out when it stays so

    @TC_EVCC_CMN_VTB_CmValidate_004
    Scenario Outline: An answer that is none yet
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And every CM_VALIDATE.CNF of the SECC has
        | <field> | <value> |
      When the plug is put in
      Then the EVCC sends CM_VALIDATE.REQ with
        | number | 2 |
        | Timer  | 0 |
      And the EVCC never sends CM_SLAC_MATCH.REQ
      And a following session completes

      Examples:
        | field      | value |
        | Result     | 0     |
        | Result     | 2     |
        | ToggleNum  | 1     |
        | SignalType | 0xFF  |

    @TC_EVCC_CMN_VTB_CmValidate_004
    Scenario: No answer
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And the line loses CM_VALIDATE.CNF 99 times
      When the plug is put in
      Then the EVCC sends CM_VALIDATE.REQ with
        | number | 3 |
        | Timer  | 0 |
      And the EVCC never sends CM_SLAC_MATCH.REQ
      And a following session completes

    @TC_EVCC_CMN_VTB_CmValidate_009 @TC_EVCC_CMN_VTB_CmValidate_011
    Scenario: A nearer station is silent
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | count |
      And there is 1 other SECC with
        | CM_ATTEN_CHAR.IND.AAG  | 9 dB |
        | CM_VALIDATE.CNF.Result | 0    |
      When the plug is put in
      Then the EVCC sends CM_VALIDATE.REQ with
        | da | another station |
      And the EVCC sends CM_SLAC_MATCH.REQ with
        | da | the station |

  @V2G3-A09-65 @needs-validation
  Rule: A station that fails to validate is matched without it

    Scenario: It declines
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | failure |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ

  @V2G3-A09-66 @needs-validation
  Rule: A station that needs no validation is matched without it

    Scenario: It needs none
      Given an EVCC with
        | CM_VALIDATE | always |
      And a SECC with
        | CM_VALIDATE | notRequired |
      When the plug is put in
      Then the EVCC sends CM_SLAC_MATCH.REQ
