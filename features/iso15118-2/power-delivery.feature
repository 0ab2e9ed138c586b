@iso15118-2 @sut-secc
Feature: PowerDelivery
  Power begins with what was agreed and ends whenever the vehicle says so.

  @V2G2-589
  Rule: PowerDeliveryReq is answered OK where pre-charge or the charge loop allows it

    @TC_SECC_DC_VTB_PowerDelivery_001
    Scenario: Start
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq
      Then the answer is PowerDeliveryRes with
        | ResponseCode                 | OK         |
        | DC_EVSEStatus.EVSEStatusCode | EVSE_Ready |

    @TC_SECC_DC_VTB_PowerDelivery_002
    Scenario: Stop
      Given a session in which the SECC waits for PowerDeliveryReq again
      When the EVCC sends PowerDeliveryReq
      Then the SECC answers PowerDeliveryRes with ResponseCode OK
      And the supply is off within 5 s

    Scenario: A vehicle that thinks better of it
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq with
        | ChargeProgress | Stop |
      Then the SECC answers PowerDeliveryRes with ResponseCode OK
      And the supply is off within 5 s

  @V2G2-224
  Rule: A charging profile above the schedule is answered FAILED_ChargingProfileInvalid, and the session ends

    @TC_SECC_DC_VTB_PowerDelivery_007 @HIL-SE11
    Scenario Outline: <what>
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq with
        | <entry>.ChargingProfileEntryStart    | <start> |
        | <entry>.ChargingProfileEntryMaxPower | <power> |
      Then the SECC answers PowerDeliveryRes with ResponseCode FAILED_ChargingProfileInvalid
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: too much at once, and later
        | what                          | entry                           | start | power         |
        | a little too much             | ChargingProfile.ProfileEntry[0] | 0     | PMax + 1000   |
        | far too much                  | ChargingProfile.ProfileEntry[0] | 0     | PMax + 800000 |
        | too much in the second entry  | ChargingProfile.ProfileEntry[1] | 3600  | PMax + 1000   |

    Scenario: As much as was offered
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq with
        | ChargingProfile.ProfileEntry[0].ChargingProfileEntryMaxPower | PMax |
      Then the SECC answers PowerDeliveryRes with ResponseCode OK

  @V2G2-479
  Rule: A schedule that was not offered is answered FAILED_TariffSelectionInvalid, and the session ends

    @TC_SECC_DC_VTB_PowerDelivery_008 @HIL-SE11
    Scenario Outline: Of all ids <id>
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq with
        | SAScheduleTupleID | <id> |
      Then the SECC answers PowerDeliveryRes with ResponseCode FAILED_TariffSelectionInvalid
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: ids that are none of this station's
        | id                       |
        | the lowest that is free  |
        | the highest that is free |

  @HIL-SE12
  Rule: What is neither start nor stop in its place is refused, and the session ends

    @TC_SECC_DC_VTB_PowerDelivery_013
    Scenario: Renegotiation before the start
      Given a session in which the SECC waits for PowerDeliveryReq
      When the EVCC sends PowerDeliveryReq with
        | ChargeProgress | Renegotiate |
      Then the SECC answers PowerDeliveryRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And a following session completes

    Scenario: A second start
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends PowerDeliveryReq with
        | ChargeProgress | Start |
      Then the SECC answers PowerDeliveryRes with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s
      And a following session completes

  @V2G2-480
  Rule: A station that cannot deliver answers FAILED_PowerDeliveryNotApplied

    Scenario: The vehicle has let the power go
      Given a session in which the SECC waits for PowerDeliveryReq
      And the vehicle has gone to state B
      When the EVCC sends PowerDeliveryReq
      Then the SECC answers PowerDeliveryRes with ResponseCode FAILED_PowerDeliveryNotApplied
      And the SECC ends the session within 5 s
      And a following session completes

  @HIL-SE14
  Rule: A stop is granted whatever error the vehicle gives as its reason

    Scenario Outline: <error>
      Given a session in which the SECC waits for PowerDeliveryReq again
      When the EVCC sends PowerDeliveryReq with
        | DC_EVPowerDeliveryParameter.DC_EVStatus.EVErrorCode | <error> |
      Then the SECC answers PowerDeliveryRes with ResponseCode OK
      And the supply is off within 5 s

      @TC_SECC_DC_VTB_PowerDelivery_014
      Examples: a battery too hot
        | error |
        | FAILED_RESSTemperatureInhibit |

      @TC_SECC_DC_VTB_PowerDelivery_015
      Examples: not in park
        | error |
        | FAILED_EVShiftPosition |

      @TC_SECC_DC_VTB_PowerDelivery_016
      Examples: a lock that fails
        | error |
        | FAILED_ChargerConnectorLockFault |

      @TC_SECC_DC_VTB_PowerDelivery_017
      Examples: a battery that fails
        | error |
        | FAILED_EVRESSMalfunction |

      @TC_SECC_DC_VTB_PowerDelivery_018
      Examples: a current that differs
        | error |
        | FAILED_ChargingCurrentdifferential |

      @TC_SECC_DC_VTB_PowerDelivery_019
      Examples: a voltage out of range
        | error |
        | FAILED_ChargingVoltageOutOfRange |

      @TC_SECC_DC_VTB_PowerDelivery_020
      Examples: a system that does not fit
        | error |
        | FAILED_ChargingSystemIncompatibility |

      @TC_SECC_DC_VTB_PowerDelivery_021
      Examples: no data
        | error |
        | NoData |
