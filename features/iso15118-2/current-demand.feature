@iso15118-2 @sut-secc
Feature: CurrentDemand
  The loop in which power flows: the vehicle asks, the station serves within its limits and says what there is.

  @V2G2-260
  Rule: CurrentDemandRes names the station, the schedule, the meter and its limits

    @TC_SECC_DC_VTB_CurrentDemand_006 @TC_SECC_DC_VTB_CurrentDemand_008
    Scenario Outline: <when> request of the loop
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends CurrentDemandReq
      Then the answer is CurrentDemandRes with
        | ResponseCode                 | OK                         |
        | EVSEID                       | the one of SessionSetupRes |
        | SAScheduleTupleID            | the selected one           |
        | MeterInfo.MeterReading       | any                        |
        | DC_EVSEStatus.EVSEStatusCode | EVSE_Ready                 |
        | EVSEMaximumCurrentLimit      | one of PIXIT maximumCurrent, absent |

      Examples: first and second
        | when   | awaited                |
        | first  | CurrentDemandReq       |
        | second | CurrentDemandReq again |

  @V2G2-691
  Rule: With external payment no receipt is asked for

    @TC_SECC_DC_VTB_CurrentDemand_001
    Scenario: A request of the loop
      Given a session in which the SECC waits for CurrentDemandReq
      When the EVCC sends CurrentDemandReq
      Then the answer is CurrentDemandRes with
        | ResponseCode    | OK                   |
        | ReceiptRequired | one of false, absent |

  @HIL-SE13
  Rule: A target above the limits is served at the limit, and a negative one is refused

    Scenario: More current than the station has
      Given a session in which the SECC waits for CurrentDemandReq
      When the EVCC sends CurrentDemandReq with
        | EVTargetCurrent | PIXIT maximumCurrent + 100 |
      Then the answer is CurrentDemandRes with
        | ResponseCode             | OK   |
        | EVSECurrentLimitAchieved | true |

    Scenario: As much current as the station has
      Given a session in which the SECC waits for CurrentDemandReq
      When the EVCC sends CurrentDemandReq with
        | EVTargetCurrent | PIXIT maximumCurrent |
      Then the answer is CurrentDemandRes with
        | ResponseCode             | OK   |
        | EVSECurrentLimitAchieved | true |

    Scenario: Less current than the station has
      Given a session in which the SECC waits for CurrentDemandReq
      When the EVCC sends CurrentDemandReq with
        | EVTargetCurrent | PIXIT minimumCurrent + 10 |
      Then the answer is CurrentDemandRes with
        | ResponseCode             | OK    |
        | EVSECurrentLimitAchieved | false |

    Scenario: More voltage than the station has
      Given a session in which the SECC waits for CurrentDemandReq
      When the EVCC sends CurrentDemandReq with
        | EVTargetVoltage | PIXIT maximumVoltage + 100 |
      Then the answer is CurrentDemandRes with
        | ResponseCode             | OK   |
        | EVSEVoltageLimitAchieved | true |

    Scenario: A current below zero
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends CurrentDemandReq with
        | EVTargetCurrent | -10 A |
      Then the SECC answers CurrentDemandRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And a following session completes

    Scenario Outline: <field> below zero
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends CurrentDemandReq with
        | <field> | <value> |
      Then the SECC answers CurrentDemandRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: limits of the vehicle
        | field                 | value  |
        | EVMaximumCurrentLimit | -200 A |
        | EVMaximumVoltageLimit | -450 V |
