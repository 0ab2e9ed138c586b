@iso15118-3 @sut-secc
Feature: Validation by toggles of the pilot, the station under test
  A vehicle that is in doubt toggles its pilot, and the station tells how often it has seen it.

  @V2G3-A09-51 @HIL-SL11
  Rule: A station that does not validate says so

    @TC_SECC_CMN_VTB_CmValidate_001
    Scenario Outline: It declines
      Given a SECC with
        | CM_VALIDATE | <how> |
      And an EVCC with
        | CM_VALIDATE | always |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | da         | the vehicle |
        | SignalType | 0           |
        | ToggleNum  | 0           |
        | Result     | <result>    |
        | times      | 1           |
      And the SECC sends CM_SLAC_MATCH.CNF
      And a following session completes

      Examples:
        | how         | result |
        | failure     | 3      |
        | notRequired | 4      |

  @HIL-ML12 @needs-validation
  Rule: Toggles are told after the window, those that count and no others

    @TC_SECC_CMN_VTB_CmValidate_001
    Scenario Outline: The vehicle toggles
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE           | always     |
        | C_EV_vald_nb_toggles  | <toggles>  |
        | T_vald_state_duration | <duration> |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 2         |
        | delay     | <after>   |
        | ToggleNum | <counted> |
        | Result    | <result>  |

      Examples:
        | toggles | duration | counted | result | after            |
        | 1       | 300      | 1       | 2      | 0.9 s to 1.1 s   |
        | 3       | 200      | 3       | 2      | 1.4 s to 1.6 s   |
        | 3       | 300      | 3       | 2      | 2.1 s to 2.3 s   |
        | 3       | 400      | 3       | 2      | 2.8 s to 3 s     |
        | 2       | 100      | 0       | 3      | 0.5 s to 0.7 s   |
        | 1       | 550      | 0       | 3      | 1.7 s to 1.9 s   |

    Scenario Outline: Another window than the vehicle needs
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 3      |
      And every CM_VALIDATE.REQ of the EVCC has
        | number | 2       |
        | Timer  | <Timer> |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 2         |
        | delay     | <after>   |
        | ToggleNum | <counted> |
        | Result    | 2         |

      Examples: it ends between two toggles, or long after the last
        | Timer | counted | after            |
        | 6     | 1       | 0.65 s to 0.75 s |
        | 19    | 3       | 1.9 s to 2.1 s   |

    Scenario: All toggles come before the window
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 1      |
      And every CM_VALIDATE.REQ of the EVCC has
        | number | 2     |
        | delay  | 0.7 s |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 3 |
        | ToggleNum | 0 |
        | Result    | 3 |

    @TC_SECC_CMN_VTB_CmSlacMatch_002
    Scenario: The match follows
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 2 |
        | ToggleNum | 3 |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | da | the vehicle |
      And a following session completes

  @HIL-ML13 @needs-validation
  Rule: Without a second step the first answer is repeated, twice at most; one that is not ready ends the validation

    @TC_SECC_CMN_VTB_CmValidate_003
    Scenario: The second step does not come
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And every CM_VALIDATE.REQ of the EVCC has
        | number | 2 |
        | times  | 0 |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF 3 times, 400 ms apart
      And a following session completes

    @TC_SECC_CMN_VTB_CmValidate_002
    Scenario: The first step comes twice
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And every CM_VALIDATE.REQ of the EVCC has
        | number | 1 |
        | times  | 2 |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 2 |
        | ToggleNum | 0 |
        | Result    | 1 |
      And the SECC sends CM_SLAC_MATCH.CNF

    @TC_SECC_CMN_VTB_CmValidate_004
    Scenario: A first step of another signal
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And every CM_VALIDATE.REQ of the EVCC has
        | SignalType | 0xFF |
      When the plug is put in
      Then the SECC never sends CM_VALIDATE.CNF
      And a following session completes

    @TC_SECC_CMN_VTB_CmValidate_004
    Scenario: A second step of another signal
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And every CM_VALIDATE.REQ of the EVCC has
        | number     | 2    |
        | SignalType | 0xFF |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF 3 times, 400 ms apart
      And a following session completes

    @TC_SECC_CMN_VTB_CmValidate_005
    Scenario Outline: A second step that is not ready
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 2      |
      And every CM_VALIDATE.REQ of the EVCC has
        | number | 2        |
        | Result | <result> |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | ToggleNum | 0 |
        | times     | 1 |
      And a following session completes

      Examples:
        | result |
        | 0      |
        | 2      |
        | 3      |
        | 4      |

  @V2G3-M09-13 @needs-validation
  Rule: While one vehicle is validated another is told that the station is not ready

    @TC_SECC_CMN_VTB_CmValidate_009
    Scenario: Two vehicles ask
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And there is 1 other EVCC with
        | CM_VALIDATE.REQ.SignalType | 0 |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | da     | another vehicle |
        | Result | 1               |
      And the SECC sends CM_VALIDATE.CNF with
        | number | 2           |
        | da     | the vehicle |
        | Result | 0           |

  @HIL-TM21 @needs-validation
  Rule: After a validation the match is asked for within TT_match_sequence (400 ms)

    @TC_SECC_CMN_VTB_CmSlacMatch_006
    Scenario: The match is asked for too late
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 1      |
      And every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 450 ms |
      When the plug is put in
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

  @V2G3-A09-123 @needs-validation
  Rule: The pilot stops a validation at once

    @TC_SECC_CMN_VTB_CmValidate_013
    Scenario: The pilot is lost
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE | always |
      And a match in which the SECC has sent CM_VALIDATE.CNF
      When the pilot is interrupted
      Then the SECC never sends CM_VALIDATE.CNF
      And a following session completes

    @TC_SECC_CMN_VTB_CmSlacMatch_024
    Scenario: The pilot is lost before the match is asked for
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 1      |
      And every CM_SLAC_MATCH.REQ of the EVCC has
        | delay | 300 ms |
      And a match in which the SECC has sent CM_VALIDATE.CNF 2 times
      When the pilot is interrupted
      Then the SECC never sends CM_SLAC_MATCH.CNF
      And a following session completes

  @V2G3-A09-98 @needs-validation
  Rule: After a validation, too, CM_SLAC_MATCH.REQ with wrong values is ignored

    @TC_SECC_CMN_VTB_CmSlacMatch_008
    Scenario Outline: A request that is none
      Given a SECC with
        | CM_VALIDATE | count |
      And an EVCC with
        | CM_VALIDATE          | always |
        | C_EV_vald_nb_toggles | 1      |
      And every CM_SLAC_MATCH.REQ of the EVCC has
        | <field> | <value> |
      When the plug is put in
      Then the SECC sends CM_VALIDATE.CNF with
        | number    | 2 |
        | ToggleNum | 1 |
      And the SECC never sends CM_SLAC_MATCH.CNF
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
