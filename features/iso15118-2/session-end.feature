@iso15118-2 @sut-secc
Feature: WeldingDetection and SessionStop
  A session ends with the vehicle in state B, whether anything was charged or not.

  @V2G2-596
  Rule: WeldingDetectionReq is answered with the voltage at the outlet, however often it comes

    @TC_SECC_DC_VTB_WeldingDetection_001
    Scenario Outline: <when> request
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends WeldingDetectionReq
      Then the SECC answers WeldingDetectionRes with ResponseCode OK
      And WeldingDetectionRes reports the voltage at the outlet

      Examples: after the stop, and once more
        | when      | awaited             |
        | the first | WeldingDetectionReq |
        | a second  | SessionStopReq      |

  @V2G2-920
  Rule: WeldingDetectionReq outside state B is answered FAILED, and the session ends

    @TC_SECC_DC_VTB_WeldingDetection_005 @HIL-CP08
    Scenario: The vehicle stays in state C
      Given a session in which the SECC waits for WeldingDetectionReq
      And the vehicle has gone to state C
      When the EVCC sends WeldingDetectionReq
      Then the SECC answers WeldingDetectionRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And a following session completes

    @HIL-TM17
    Scenario: The vehicle shows state B a little late
      Given a session in which the SECC waits for WeldingDetectionReq
      And the vehicle has gone to state C
      When the EVCC sends WeldingDetectionReq and 500 ms later shows state B
      Then the SECC answers WeldingDetectionRes with ResponseCode OK

  @V2G2-922
  Rule: SessionStopReq outside state B is answered FAILED, and the session ends

    @TC_SECC_DC_VTB_SessionStop_006 @HIL-CP08
    Scenario: The vehicle stays in state C
      Given a session in which the SECC waits for SessionStopReq
      And the vehicle has gone to state C
      When the EVCC sends SessionStopReq
      Then the SECC answers SessionStopRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And a following session completes

    @HIL-TM17
    Scenario: The vehicle shows state B a little late
      Given a session in which the SECC waits for SessionStopReq
      And the vehicle has gone to state C
      When the EVCC sends SessionStopReq and 500 ms later shows state B
      Then the SECC answers SessionStopRes with ResponseCode OK

  @V2G2-570
  Rule: SessionStopReq is answered OK, and the connection is closed

    @TC_SECC_DC_VTB_SessionStop_001 @TC_SECC_DC_VTB_SessionStop_002
    Scenario Outline: After <awaited>
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends SessionStopReq
      Then the SECC answers SessionStopRes with ResponseCode OK
      And the SECC ends the session within 5 s
      And the plug is unlocked within 10 s
      And a following session completes

      Examples: with welding detection and without
        | awaited             |
        | SessionStopReq      |
        | WeldingDetectionReq |

  @HIL-R27
  Rule: SessionStopReq before power is delivered ends the session in good order and frees the plug

    Scenario Outline: Instead of <awaited>
      Given a session in which the SECC waits for <awaited>
      And the vehicle has gone to state B
      When the EVCC sends SessionStopReq
      Then the SECC answers SessionStopRes with ResponseCode OK
      And the SECC ends the session within 5 s
      And the plug is unlocked within 10 s
      And a following session completes

      Examples: every state before power
        | awaited                     |
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
        | CableCheckReq               |
        | CableCheckReq again         |
        | PreChargeReq                |
        | PreChargeReq again          |
        | PowerDeliveryReq            |

    Scenario Outline: Instead of <awaited>, state B after it
      Given a session in which the SECC waits for <awaited>
      When the EVCC sends SessionStopReq and 200 ms later shows state B
      Then the SECC answers SessionStopRes with ResponseCode OK
      And the SECC ends the session within 5 s
      And the plug is unlocked within 10 s
      And a following session completes

      Examples: states in which the outlet is live
        | awaited             |
        | CableCheckReq again |
        | PreChargeReq        |
        | PowerDeliveryReq    |
