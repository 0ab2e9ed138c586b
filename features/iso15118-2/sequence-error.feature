@iso15118-2 @sut-secc @HIL-SE01
Feature: Requests that are not awaited
  Every state names the requests it takes. Any other one has to be refused in its own words, and ends the session.

  @V2G2-538
  Rule: A request that is not awaited gets the response that pairs with it, FAILED_SequenceError, and the session ends

    Scenario Outline: <message>Req while <awaited>Req is awaited
      Given a session in which the SECC waits for <awaited>Req
      When the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

      @TC_SECC_CMN_VTB_SessionSetup_002
      Examples: ServiceDiscoveryReq for SessionSetupReq
        | awaited      | message          |
        | SessionSetup | ServiceDiscovery |

      Examples: while SessionSetupReq is awaited
        | awaited      | message                  |
        | SessionSetup | ServiceDetail            |
        | SessionSetup | PaymentServiceSelection  |
        | SessionSetup | Authorization            |
        | SessionSetup | ChargeParameterDiscovery |
        | SessionSetup | CableCheck               |
        | SessionSetup | PreCharge                |
        | SessionSetup | PowerDelivery            |
        | SessionSetup | CurrentDemand            |
        | SessionSetup | WeldingDetection         |
        | SessionSetup | SessionStop              |

      @TC_SECC_CMN_VTB_ServiceDiscovery_002
      Examples: AuthorizationReq for ServiceDiscoveryReq
        | awaited          | message       |
        | ServiceDiscovery | Authorization |

      Examples: while ServiceDiscoveryReq is awaited
        | awaited          | message                  |
        | ServiceDiscovery | SessionSetup             |
        | ServiceDiscovery | ServiceDetail            |
        | ServiceDiscovery | PaymentServiceSelection  |
        | ServiceDiscovery | ChargeParameterDiscovery |
        | ServiceDiscovery | CableCheck               |
        | ServiceDiscovery | PreCharge                |
        | ServiceDiscovery | PowerDelivery            |
        | ServiceDiscovery | CurrentDemand            |
        | ServiceDiscovery | WeldingDetection         |

      @TC_SECC_CMN_VTB_PaymentServiceSelection_004
      Examples: ServiceDiscoveryReq for PaymentServiceSelectionReq
        | awaited                 | message          |
        | PaymentServiceSelection | ServiceDiscovery |

      Examples: while PaymentServiceSelectionReq is awaited
        | awaited                 | message                  |
        | PaymentServiceSelection | SessionSetup             |
        | PaymentServiceSelection | Authorization            |
        | PaymentServiceSelection | ChargeParameterDiscovery |
        | PaymentServiceSelection | CableCheck               |
        | PaymentServiceSelection | PreCharge                |
        | PaymentServiceSelection | PowerDelivery            |
        | PaymentServiceSelection | CurrentDemand            |
        | PaymentServiceSelection | WeldingDetection         |

      @TC_SECC_CMN_VTB_Authorization_003
      Examples: ServiceDiscoveryReq for AuthorizationReq
        | awaited       | message          |
        | Authorization | ServiceDiscovery |

      Examples: while AuthorizationReq is awaited
        | awaited       | message                  |
        | Authorization | SessionSetup             |
        | Authorization | ServiceDetail            |
        | Authorization | PaymentServiceSelection  |
        | Authorization | ChargeParameterDiscovery |
        | Authorization | CableCheck               |
        | Authorization | PreCharge                |
        | Authorization | PowerDelivery            |
        | Authorization | CurrentDemand            |
        | Authorization | WeldingDetection         |

      Examples: while ChargeParameterDiscoveryReq is awaited
        | awaited                  | message                 |
        | ChargeParameterDiscovery | SessionSetup            |
        | ChargeParameterDiscovery | ServiceDiscovery        |
        | ChargeParameterDiscovery | ServiceDetail           |
        | ChargeParameterDiscovery | PaymentServiceSelection |
        | ChargeParameterDiscovery | Authorization           |
        | ChargeParameterDiscovery | CableCheck              |
        | ChargeParameterDiscovery | PreCharge               |
        | ChargeParameterDiscovery | PowerDelivery           |
        | ChargeParameterDiscovery | CurrentDemand           |
        | ChargeParameterDiscovery | WeldingDetection        |

      @TC_SECC_DC_VTB_CableCheck_003
      Examples: ServiceDiscoveryReq for CableCheckReq
        | awaited    | message          |
        | CableCheck | ServiceDiscovery |

      Examples: while CableCheckReq is awaited
        | awaited    | message                  |
        | CableCheck | SessionSetup             |
        | CableCheck | ServiceDetail            |
        | CableCheck | PaymentServiceSelection  |
        | CableCheck | Authorization            |
        | CableCheck | ChargeParameterDiscovery |
        | CableCheck | PreCharge                |
        | CableCheck | PowerDelivery            |
        | CableCheck | CurrentDemand            |
        | CableCheck | WeldingDetection         |

      @TC_SECC_DC_VTB_PreCharge_002
      Examples: ServiceDiscoveryReq for PreChargeReq
        | awaited   | message          |
        | PreCharge | ServiceDiscovery |

      Examples: while PreChargeReq is awaited
        | awaited   | message                  |
        | PreCharge | SessionSetup             |
        | PreCharge | ServiceDetail            |
        | PreCharge | PaymentServiceSelection  |
        | PreCharge | Authorization            |
        | PreCharge | ChargeParameterDiscovery |
        | PreCharge | CableCheck               |
        | PreCharge | PowerDelivery            |
        | PreCharge | CurrentDemand            |
        | PreCharge | WeldingDetection         |

      @TC_SECC_DC_VTB_PowerDelivery_003
      Examples: ServiceDiscoveryReq for PowerDeliveryReq
        | awaited       | message          |
        | PowerDelivery | ServiceDiscovery |

      Examples: while PowerDeliveryReq is awaited
        | awaited       | message                  |
        | PowerDelivery | SessionSetup             |
        | PowerDelivery | ServiceDetail            |
        | PowerDelivery | PaymentServiceSelection  |
        | PowerDelivery | Authorization            |
        | PowerDelivery | ChargeParameterDiscovery |
        | PowerDelivery | CableCheck               |
        | PowerDelivery | CurrentDemand            |
        | PowerDelivery | WeldingDetection         |

      @TC_SECC_DC_VTB_CurrentDemand_003
      Examples: ServiceDiscoveryReq for CurrentDemandReq
        | awaited       | message          |
        | CurrentDemand | ServiceDiscovery |

      Examples: while CurrentDemandReq is awaited
        | awaited       | message                  |
        | CurrentDemand | SessionSetup             |
        | CurrentDemand | ServiceDetail            |
        | CurrentDemand | PaymentServiceSelection  |
        | CurrentDemand | Authorization            |
        | CurrentDemand | ChargeParameterDiscovery |
        | CurrentDemand | CableCheck               |
        | CurrentDemand | PreCharge                |
        | CurrentDemand | WeldingDetection         |
        | CurrentDemand | SessionStop              |

      @TC_SECC_DC_VTB_WeldingDetection_002
      Examples: ServiceDiscoveryReq for WeldingDetectionReq
        | awaited          | message          |
        | WeldingDetection | ServiceDiscovery |

      Examples: while WeldingDetectionReq is awaited
        | awaited          | message                  |
        | WeldingDetection | SessionSetup             |
        | WeldingDetection | ServiceDetail            |
        | WeldingDetection | PaymentServiceSelection  |
        | WeldingDetection | Authorization            |
        | WeldingDetection | ChargeParameterDiscovery |
        | WeldingDetection | CableCheck               |
        | WeldingDetection | PreCharge                |
        | WeldingDetection | PowerDelivery            |
        | WeldingDetection | CurrentDemand            |

      @TC_SECC_DC_VTB_SessionStop_007
      Examples: ServiceDiscoveryReq for SessionStopReq
        | awaited     | message          |
        | SessionStop | ServiceDiscovery |

      Examples: while SessionStopReq is awaited
        | awaited     | message                  |
        | SessionStop | SessionSetup             |
        | SessionStop | ServiceDetail            |
        | SessionStop | PaymentServiceSelection  |
        | SessionStop | Authorization            |
        | SessionStop | ChargeParameterDiscovery |
        | SessionStop | CableCheck               |
        | SessionStop | PreCharge                |
        | SessionStop | PowerDelivery            |
        | SessionStop | CurrentDemand            |

    Scenario Outline: <message>Req in the charge loop
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

      @TC_SECC_DC_VTB_PowerDelivery_004
      Examples: instead of the stop of power delivery
        | message          |
        | ServiceDiscovery |

      Examples: while current flows
        | message                  |
        | SessionSetup             |
        | ServiceDetail            |
        | PaymentServiceSelection  |
        | Authorization            |
        | ChargeParameterDiscovery |
        | CableCheck               |
        | PreCharge                |
        | WeldingDetection         |
        | SessionStop              |

    Scenario Outline: <message>Req between two <awaited>Req
      Given a session in which the SECC waits for <awaited>Req again
      And 1.5 s later the EVCC sends <awaited>Req
      When 10 ms after the last response the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: while the outlet is under voltage
        | awaited    | message          |
        | CableCheck | ServiceDiscovery |
        | CableCheck | PreCharge        |
        | CableCheck | CurrentDemand    |
        | PreCharge  | ServiceDiscovery |
        | PreCharge  | CableCheck       |
        | PreCharge  | CurrentDemand    |

    Scenario Outline: <message>Req of another kind of session while <awaited>Req is awaited
      Given a session in which the SECC waits for <awaited>Req
      When the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

      Examples: of a session with alternating current
        | awaited       | message        |
        | Authorization | ChargingStatus |
        | CurrentDemand | ChargingStatus |

      Examples: of a session with a contract
        | awaited       | message                 |
        | Authorization | PaymentDetails          |
        | CurrentDemand | PaymentDetails          |
        | Authorization | CertificateInstallation |
        | CurrentDemand | CertificateInstallation |
        | Authorization | CertificateUpdate       |
        | CurrentDemand | CertificateUpdate       |
        | Authorization | MeteringReceipt         |
        | CurrentDemand | MeteringReceipt         |

  @V2G2-539 @V2G2-459
  Rule: Nothing of the refused session is left for the next vehicle

    Scenario Outline: <message>Req while <awaited>Req is awaited
      Given a session in which the SECC waits for <awaited>Req
      When the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: one step ahead
        | awaited                  | message                  |
        | SessionSetup             | ServiceDiscovery         |
        | ServiceDiscovery         | PaymentServiceSelection  |
        | PaymentServiceSelection  | Authorization            |
        | Authorization            | ChargeParameterDiscovery |
        | ChargeParameterDiscovery | CableCheck               |
        | CableCheck               | PreCharge                |
        | PreCharge                | PowerDelivery            |
        | PowerDelivery            | CurrentDemand            |
        | CurrentDemand            | WeldingDetection         |

      Examples: one step back
        | awaited                  | message                  |
        | ServiceDiscovery         | SessionSetup             |
        | PaymentServiceSelection  | ServiceDiscovery         |
        | Authorization            | PaymentServiceSelection  |
        | ChargeParameterDiscovery | Authorization            |
        | CableCheck               | ChargeParameterDiscovery |
        | PreCharge                | CableCheck               |
        | WeldingDetection         | CurrentDemand            |
        | SessionStop              | CurrentDemand            |
