@iso15118-2 @sut-secc @HIL-SE02
Feature: SessionID of requests
  Whoever does not know the session has no part in it.

  @V2G2-460
  Rule: A request whose SessionID is not that of the session is answered FAILED_UnknownSession, and the session ends

    Scenario Outline: <message>Req with another SessionID
      Given a session in which the SECC waits for <message>Req
      When the EVCC sends <message>Req with
        | Header.SessionID | another one |
      Then the SECC answers <message>Res with ResponseCode FAILED_UnknownSession
      And the SECC ends the session within 5 s
      And a following session completes

      @TC_SECC_CMN_VTB_ServiceDiscovery_003
      Examples: while ServiceDiscoveryReq is awaited
        | message |
        | ServiceDiscovery |

      @TC_SECC_CMN_VTB_PaymentServiceSelection_005
      Examples: while PaymentServiceSelectionReq is awaited
        | message |
        | PaymentServiceSelection |

      @TC_SECC_CMN_VTB_Authorization_005
      Examples: while AuthorizationReq is awaited
        | message |
        | Authorization |

      @TC_SECC_DC_VTB_ChargeParameterDiscovery_002
      Examples: while ChargeParameterDiscoveryReq is awaited
        | message |
        | ChargeParameterDiscovery |

      @TC_SECC_DC_VTB_CableCheck_004
      Examples: while CableCheckReq is awaited
        | message |
        | CableCheck |

      @TC_SECC_DC_VTB_PreCharge_003
      Examples: while PreChargeReq is awaited
        | message |
        | PreCharge |

      @TC_SECC_DC_VTB_PowerDelivery_005
      Examples: while PowerDeliveryReq is awaited
        | message |
        | PowerDelivery |

      @TC_SECC_DC_VTB_CurrentDemand_004
      Examples: while CurrentDemandReq is awaited
        | message |
        | CurrentDemand |

      @TC_SECC_DC_VTB_WeldingDetection_003
      Examples: while WeldingDetectionReq is awaited
        | message |
        | WeldingDetection |

      @TC_SECC_DC_VTB_SessionStop_008
      Examples: while SessionStopReq is awaited
        | message |
        | SessionStop |

    Scenario Outline: <message>Req with the SessionID <SessionID>
      Given a session in which the SECC waits for <message>Req
      When the EVCC sends <message>Req with
        | Header.SessionID | <SessionID> |
      Then the SECC answers <message>Res with ResponseCode FAILED_UnknownSession
      And the SECC ends the session within 5 s

      Examples: a SessionID of zero
        | message                  | SessionID |
        | ServiceDiscovery         | zero |
        | PaymentServiceSelection  | zero |
        | Authorization            | zero |
        | ChargeParameterDiscovery | zero |
        | CableCheck               | zero |
        | PreCharge                | zero |
        | PowerDelivery            | zero |
        | CurrentDemand            | zero |
        | WeldingDetection         | zero |
        | SessionStop              | zero |

      Examples: a SessionID that is too short
        | message                  | SessionID                              |
        | ServiceDiscovery         | the assigned one without its last byte |
        | PaymentServiceSelection  | the assigned one without its last byte |
        | Authorization            | the assigned one without its last byte |
        | ChargeParameterDiscovery | the assigned one without its last byte |
        | CableCheck               | the assigned one without its last byte |
        | PreCharge                | the assigned one without its last byte |
        | PowerDelivery            | the assigned one without its last byte |
        | CurrentDemand            | the assigned one without its last byte |
        | WeldingDetection         | the assigned one without its last byte |
        | SessionStop              | the assigned one without its last byte |

    @TC_SECC_DC_VTB_PowerDelivery_006
    Scenario Outline: <message>Req with the SessionID <SessionID> in the charge loop
      Given a session in which the SECC waits for <message>Req again
      When the EVCC sends <message>Req with
        | Header.SessionID | <SessionID> |
      Then the SECC answers <message>Res with ResponseCode FAILED_UnknownSession
      And the SECC ends the session within 5 s

      Examples: while current flows, and at its end
        | message       | SessionID                              |
        | CurrentDemand | another one                            |
        | CurrentDemand | zero                                   |
        | CurrentDemand | the assigned one without its last byte |
        | PowerDelivery | another one                            |
        | PowerDelivery | zero                                   |
