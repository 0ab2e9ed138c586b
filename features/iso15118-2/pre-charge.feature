@iso15118-2 @sut-secc
Feature: PreCharge
  The vehicle asks for a voltage and is told which one there is.

  @V2G2-586
  Rule: PreChargeReq is answered OK, however often it comes

    @TC_SECC_DC_VTB_PreCharge_001
    Scenario: The first request
      Given a session in which the SECC waits for PreChargeReq
      When the EVCC sends PreChargeReq
      Then the answer is PreChargeRes with
        | ResponseCode                 | OK         |
        | DC_EVSEStatus.EVSEStatusCode | EVSE_Ready |

    Scenario: Many requests later
      Given a session in which the SECC waits for PreChargeReq again
      And the EVCC has sent PreChargeReq 20 times
      When the EVCC sends PreChargeReq
      Then the answer is PreChargeRes with
        | ResponseCode                 | OK         |
        | DC_EVSEStatus.EVSEStatusCode | EVSE_Ready |

  @V2G2-256
  Rule: EVSEPresentVoltage is the voltage that is measured

    Scenario: At the beginning
      Given a session in which the SECC waits for PreChargeReq
      When the EVCC sends PreChargeReq
      Then PreChargeRes reports the voltage at the outlet

    Scenario: On the way up
      Given a session in which the SECC waits for PreChargeReq
      And the EVCC has sent PreChargeReq 1 time
      When 300 ms after the last response the EVCC sends PreChargeReq
      Then PreChargeRes reports the voltage at the outlet

    Scenario: At the target
      Given a session in which the SECC waits for PreChargeReq
      And the EVCC has sent PreChargeReq 1 time
      When 3 s after the last response the EVCC sends PreChargeReq
      Then PreChargeRes reports the voltage at the outlet
