@iso15118-2 @sut-secc @HIL-SE05
Feature: SECC sequence timeout
  A session that the vehicle abandons must not hold the station for ever.

  @V2G2-443
  Rule: The SECC ends the session V2G_SECC_Sequence_Timeout (60 s) after its last response

    Scenario Outline: The vehicle falls silent while <message>Req is awaited
      Given a session in which the SECC waits for <message>Req
      When the EVCC sends nothing more
      Then the SECC closes the connection 60 s after its last response
      And the power is off within 60.2 s
      And a following session completes

      @TC_SECC_CMN_VTB_ServiceDiscovery_004
      Examples: instead of ServiceDiscoveryReq
        | message |
        | ServiceDiscovery |

      @TC_SECC_CMN_VTB_PaymentServiceSelection_008
      Examples: instead of PaymentServiceSelectionReq
        | message |
        | PaymentServiceSelection |

      @TC_SECC_CMN_VTB_Authorization_008
      Examples: instead of AuthorizationReq
        | message |
        | Authorization |

      Examples: instead of ChargeParameterDiscoveryReq
        | message |
        | ChargeParameterDiscovery |

      @TC_SECC_DC_VTB_CableCheck_005
      Examples: instead of CableCheckReq
        | message |
        | CableCheck |

      @TC_SECC_DC_VTB_PreCharge_004
      Examples: instead of PreChargeReq
        | message |
        | PreCharge |

      @TC_SECC_DC_VTB_PowerDelivery_009
      Examples: instead of PowerDeliveryReq
        | message |
        | PowerDelivery |

      @TC_SECC_DC_VTB_CurrentDemand_005
      Examples: instead of CurrentDemandReq
        | message |
        | CurrentDemand |

      @TC_SECC_DC_VTB_WeldingDetection_004
      Examples: instead of WeldingDetectionReq
        | message |
        | WeldingDetection |

      @TC_SECC_DC_VTB_SessionStop_009
      Examples: instead of SessionStopReq
        | message |
        | SessionStop |

    Scenario Outline: The vehicle falls silent between two of its <message>Req
      Given a session in which the SECC waits for <message>Req again
      When the EVCC sends nothing more
      Then the SECC closes the connection 60 s after its last response
      And the power is off within 60.2 s
      And a following session completes

      @TC_SECC_DC_VTB_PowerDelivery_010
      Examples: in the charge loop
        | message       |
        | CurrentDemand |

      Examples: while the outlet is under voltage
        | message    |
        | CableCheck |
        | PreCharge  |

    @boundary
    Scenario Outline: <message>Req comes just in time
      Given a session in which the SECC waits for <message>Req
      When 59.9 s after the last response the EVCC sends <message>Req
      Then the SECC answers <message>Res with ResponseCode OK

      Examples: every state of a session
        | message                  |
        | ServiceDiscovery         |
        | PaymentServiceSelection  |
        | Authorization            |
        | ChargeParameterDiscovery |
        | CableCheck               |
        | PreCharge                |
        | PowerDelivery            |
        | CurrentDemand            |
        | WeldingDetection         |
        | SessionStop              |

    Scenario: The timeout runs from the response, not from the request before it
      Given a session in which the SECC waits for AuthorizationReq
      When 59.9 s after the last response the EVCC sends AuthorizationReq
      Then the SECC answers AuthorizationRes with ResponseCode OK
      And the SECC closes the connection 60 s after its last response

  @V2G2-537
  Rule: Only a whole request restarts the timeout

    Scenario Outline: <what>
      Given a SECC with
        | V2G_MAX_DECODE_ERRORS | 2 |
      And a session in which the SECC waits for ServiceDiscoveryReq
      When 30 s after the last response the EVCC sends <what>
      Then the SECC closes the connection 60 s after its last response
      And a following session completes

      Examples: frames with a wrong header
        | what                              |
        | a frame of protocol version FF    |
        | a frame of inverse version FF     |
        | a frame of payload type 7001      |
        | a frame of payload type 9000      |
        | an empty frame                    |

      Examples: frames that hold no request
        | what                            |
        | random bytes                    |
        | a request without its last byte |
        | a DIN 70121 message             |

      Examples: frames that never end
        | what                        |
        | the first half of a request |

    Scenario: Somebody asks for a SECC meanwhile
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When 30 s after the match the EVCC asks for a SECC
      Then the SECC closes the connection 60 s after its last response

    @HIL-TC04
    Scenario: A request trickles in
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends PaymentServiceSelectionReq in pieces of 1 byte, 10 s apart
      Then the SECC closes the connection 60 s after its last response
      And a following session completes

  @V2G2-723
  Rule: The SECC ends the session when SessionSetupReq has not come 18 s after the match

    @TC_SECC_CMN_VTB_SupportedAppProtocol_003
    Scenario: The vehicle falls silent before the choice of protocol
      Given a session in which the SECC waits for supportedAppProtocolReq
      When the EVCC sends nothing more
      Then the SECC closes the connection within 18.5 s
      And a following session completes

    @TC_SECC_CMN_VTB_SessionSetup_003 @TC_SECC_CMN_VTB_SessionSetup_004
    Scenario: The vehicle falls silent after the choice of protocol
      Given a session in which the SECC waits for SessionSetupReq
      When the EVCC sends nothing more
      Then the SECC closes the connection within 18.5 s
      And a following session completes

    @boundary
    Scenario Outline: <message> comes just in time
      Given a session in which the SECC waits for <message>
      When 17.8 s later the EVCC sends <message>
      Then the SECC answers <response> with ResponseCode <code>

      Examples: both requests before the session
        | message                 | response                | code                     |
        | supportedAppProtocolReq | supportedAppProtocolRes | OK_SuccessfulNegotiation |
        | SessionSetupReq         | SessionSetupRes         | OK_NewSessionEstablished |

    Scenario: A session that began late is not cut short
      Given a session in which the SECC waits for SessionSetupReq
      And 10 s later the EVCC sends SessionSetupReq
      When 59 s after the last response the EVCC sends ServiceDiscoveryReq
      Then the SECC answers ServiceDiscoveryRes with ResponseCode OK
