@iso15118-3 @sut-secc
Feature: Several vehicles on one line
  Vehicles at other stations are heard as well. They are answered, measured apart, and never let in.

  @HIL-ML08
  Rule: Several vehicles match at once, each with what its own soundings have shown

    Scenario Outline: Other vehicles match as well
      Given there are <number> other EVCCs with
        | CM_MNBC_SOUND.IND.APPLICATION_TYPE | 0xFF |
      When the plug is put in
      Then the SECC sends CM_SLAC_PARM.CNF with
        | times | <confirmed> |
      And the SECC sends CM_ATTEN_CHAR.IND with
        | da             | the vehicle         |
        | SOURCE_ADDRESS | the vehicle         |
        | RunID          | that of the request |
        | NumSounds      | 10                  |
        | times          | 1                   |
      And a following session completes

      Examples:
        | number | confirmed |
        | 1      | 2         |
        | 4      | 5         |

    Scenario: Another vehicle is measured as well
      Given there is 1 other EVCC with
        | CM_SLAC_MATCH.REQ.RunID | 0 |
      When the plug is put in
      Then the SECC sends CM_ATTEN_CHAR.IND with
        | da             | another vehicle |
        | SOURCE_ADDRESS | another vehicle |
        | NumSounds      | 10              |
        | times          | 2               |
      And the SECC sends CM_SLAC_MATCH.CNF with
        | da    | the vehicle |
        | times | 1           |

  @HIL-SL13
  Rule: A flood of requests does not keep a vehicle out

    Scenario Outline: Requests without end
      Given <frame> is heard every <time>
      When the plug is put in
      Then the SECC sends CM_SLAC_MATCH.CNF with
        | da       | the vehicle |
        | EVSE_MAC | the station |
      And a following session completes

      Examples:
        | frame                                  | time   |
        | CM_SLAC_PARM.REQ with ever new RunIDs  | 10 ms  |
        | CM_SLAC_PARM.REQ with ever new RunIDs  | 1 ms   |
        | CM_SLAC_PARM.REQ with ever new RunIDs  | 0.1 ms |
        | CM_SLAC_PARM.REQ of ever new vehicles  | 10 ms  |
        | CM_SLAC_PARM.REQ of ever new vehicles  | 1 ms   |
        | CM_SLAC_PARM.REQ of ever new vehicles  | 0.1 ms |

  @V2G3-A09-121
  Rule: A station that is matched answers nobody else

    @TC_SECC_CMN_VTB_PLCLinkStatus_003
    Scenario Outline: A request while it is matched
      Given a session in pre-charge
      When <frame> is heard over the line
      Then the SECC never sends CM_SLAC_PARM.CNF
      And a following session completes

      Examples:
        | frame                               |
        | CM_SLAC_PARM.REQ of the vehicle     |
        | CM_SLAC_PARM.REQ of another vehicle |
