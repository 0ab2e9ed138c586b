@iso15118-2 @sut-secc
Feature: ChargeParameterDiscovery
  Both sides say what they can do, and the station offers a schedule.

  Background:
    Given a session in which the SECC waits for ChargeParameterDiscoveryReq

  @V2G2-761
  Rule: Without a departure time the schedule covers 24 hours

    @TC_SECC_DC_VTB_ChargeParameterDiscovery_001 @V2G2-905
    Scenario: A vehicle that does not say when it leaves
      When the EVCC sends ChargeParameterDiscoveryReq
      Then the answer is ChargeParameterDiscoveryRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |
      And every schedule it offers covers 24 h

    @TC_SECC_DC_VTB_ChargeParameterDiscovery_012
    Scenario: A vehicle that takes twelve entries
      When the EVCC sends ChargeParameterDiscoveryReq with
        | MaxEntriesSAScheduleTuple | 12 |
      Then the answer is ChargeParameterDiscoveryRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |
      And every schedule it offers covers 24 h

  @V2G2-304
  Rule: A schedule reaches to the departure time at least

    @TC_SECC_DC_VTB_ChargeParameterDiscovery_006
    Scenario Outline: The vehicle leaves in <seconds> s
      When the EVCC sends ChargeParameterDiscoveryReq with
        | DC_EVChargeParameter.DepartureTime | <seconds> |
      Then the answer is ChargeParameterDiscoveryRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |
      And every schedule it offers covers <seconds> s

      Examples: soon, and in a day
        | seconds |
        | 0       |
        | 3600    |
        | 86400   |

  @V2G2-373
  Rule: The station states its limits

    Scenario: Limits of the supply
      When the EVCC sends ChargeParameterDiscoveryReq
      Then the answer is ChargeParameterDiscoveryRes with
        | DC_EVSEChargeParameter.EVSEMaximumVoltageLimit | PIXIT maximumVoltage |
        | DC_EVSEChargeParameter.EVSEMinimumVoltageLimit | PIXIT minimumVoltage |
        | DC_EVSEChargeParameter.EVSEMaximumCurrentLimit | PIXIT maximumCurrent |
        | DC_EVSEChargeParameter.EVSEMinimumCurrentLimit | PIXIT minimumCurrent |
        | DC_EVSEChargeParameter.EVSEMaximumPowerLimit   | PIXIT maximumPower   |

  @V2G2-476
  Rule: An energy transfer mode that was not offered is answered FAILED_WrongEnergyTransferMode, and the session ends

    @TC_SECC_DC_VTB_ChargeParameterDiscovery_003 @HIL-SE09
    Scenario Outline: <mode>
      When the EVCC sends ChargeParameterDiscoveryReq with
        | RequestedEnergyTransferMode | <mode> |
      Then the SECC answers ChargeParameterDiscoveryRes with ResponseCode FAILED_WrongEnergyTransferMode
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: direct current by other contacts, and alternating current
        | mode            |
        | another DC mode |
        | an AC mode      |

  @V2G2-477
  Rule: Charge parameters that cannot be are answered FAILED_WrongChargeParameter, and the session ends

    Scenario Outline: <what>
      When the EVCC sends ChargeParameterDiscoveryReq with
        | DC_EVChargeParameter.<field> | <value> |
      Then the SECC answers ChargeParameterDiscoveryRes with ResponseCode FAILED_WrongChargeParameter
      And the SECC ends the session within 5 s
      And a following session completes

      @TC_SECC_DC_VTB_ChargeParameterDiscovery_004 @HIL-SE10
      Examples: a current below zero
        | what               | field                 | value  |
        | a negative current | EVMaximumCurrentLimit | -100 A |

      @HIL-SE10
      Examples: values that no vehicle has, or this station cannot serve
        | what                                          | field                 | value   |
        | no current                                    | EVMaximumCurrentLimit | 0 A                      |
        | a negative voltage                            | EVMaximumVoltageLimit | -400 V                   |
        | no voltage                                    | EVMaximumVoltageLimit | 0 V                      |
        | a voltage just below the lowest of the supply | EVMaximumVoltageLimit | PIXIT minimumVoltage - 1 |
        | a negative power                              | EVMaximumPowerLimit   | -1000 W                  |

      @HIL-EX12
      Examples: wrong units
        | what                | field                 | value |
        | a current in volts  | EVMaximumCurrentLimit | 200 V |
        | a voltage in watts  | EVMaximumVoltageLimit | 400 W |
        | a power in amperes  | EVMaximumPowerLimit   | 200 A |

    Scenario: The lowest voltage of the supply
      When the EVCC sends ChargeParameterDiscoveryReq with
        | DC_EVChargeParameter.EVMaximumVoltageLimit | PIXIT minimumVoltage |
      Then the SECC answers ChargeParameterDiscoveryRes with ResponseCode OK

    @HIL-SE10
    Scenario: Parameters for alternating current
      When the EVCC sends ChargeParameterDiscoveryReq with
        | DC_EVChargeParameter                  | absent  |
        | AC_EVChargeParameter.EAmount          | 10000 Wh |
        | AC_EVChargeParameter.EVMaxVoltage     | 230 V   |
        | AC_EVChargeParameter.EVMaxCurrent     | 16 A    |
        | AC_EVChargeParameter.EVMinCurrent     | 6 A     |
      Then the SECC answers ChargeParameterDiscoveryRes with ResponseCode FAILED_WrongChargeParameter
      And the SECC ends the session within 5 s
      And a following session completes
