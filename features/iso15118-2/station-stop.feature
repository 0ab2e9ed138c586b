@iso15118-2 @sut-secc
Feature: A station that wants to stop
  The vehicle is asked to end the session, and ended with if it does not.

  @HIL-S06
  Rule: The stop is told with every status, and the vehicle has NotificationMaxDelay to obey

    Scenario Outline: It is told with <response>
      Given a session in which the SECC waits for <awaited>
      And the operator has stopped the session
      When the EVCC sends <request>
      Then the answer is <response> with
        | ResponseCode                       | OK            |
        | DC_EVSEStatus.EVSENotification     | StopCharging  |
        | DC_EVSEStatus.EVSEStatusCode       | EVSE_Shutdown |
        | DC_EVSEStatus.NotificationMaxDelay | not 0         |

      Examples: responses with a status
        | awaited                | request          | response         |
        | CableCheckReq again    | CableCheckReq    | CableCheckRes    |
        | PreChargeReq again     | PreChargeReq     | PreChargeRes     |
        | CurrentDemandReq again | CurrentDemandReq | CurrentDemandRes |

    Scenario: Nothing is told before
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends CurrentDemandReq
      Then the answer is CurrentDemandRes with
        | DC_EVSEStatus.EVSENotification | None       |
        | DC_EVSEStatus.EVSEStatusCode   | EVSE_Ready |

    @boundary
    Scenario: The vehicle obeys just in time
      Given a session in which the SECC waits for CurrentDemandReq again
      And the operator has stopped the session
      When 9.8 s later the EVCC sends PowerDeliveryReq with
        | ChargeProgress | Stop |
      Then the SECC answers PowerDeliveryRes with ResponseCode OK

    Scenario: A vehicle that obeys may take its time to end the session
      Given a session in which the SECC waits for CurrentDemandReq again
      And the operator has stopped the session
      And 9.8 s later the EVCC sends PowerDeliveryReq with
        | ChargeProgress | Stop |
      And the vehicle has gone to state B
      When 5 s after the last response the EVCC sends WeldingDetectionReq
      Then the SECC answers WeldingDetectionRes with ResponseCode OK

    Scenario: The vehicle charges on
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC goes on sending CurrentDemandReq every 100 ms
      When the operator stops the session
      Then the SECC closes the connection within 11 s
      And the power is off within 12 s
      And a following session completes

    Scenario: The vehicle falls silent
      Given a session in which the SECC waits for PreChargeReq again
      When the operator stops the session
      Then the SECC closes the connection within 11 s
      And the power is off within 12 s
      And a following session completes
