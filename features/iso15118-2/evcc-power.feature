@iso15118-2 @sut-evcc
Feature: The car's own care for its power path
  A car closes its contactor on what it measures, not on what it is told.

  @HIL-S15
  Rule: The contactor stays open while inlet and battery differ

    Scenario: The station measures a voltage that is not there
      Given a session in which the EVCC waits for PreChargeRes
      And there is a supply that gives nothing and a meter that shows 350 V
      When the SECC answers
      Then the EVCC never closes its contactor
      And a following session completes

    Scenario: The voltage stays 60 V short
      Given a session in which the EVCC waits for PreChargeRes
      And there is a supply that gives 60 V too little
      When the SECC answers
      Then the EVCC never closes its contactor
      And a following session completes

  @HIL-S11
  Rule: Pre-charge follows only a cable check that was good

    Scenario Outline: A finished cable check without good insulation
      Given a session in which the EVCC waits for CableCheckRes
      When the SECC gives CableCheckRes with
        | EVSEProcessing                    | Finished |
        | DC_EVSEStatus.EVSEIsolationStatus | <status> |
        | DC_EVSEStatus.EVSEStatusCode      | EVSE_Ready |
      Then the EVCC never sends PreChargeReq
      And the EVCC has opened its contactor and shows state B within 2 s
      And a following session completes

      Examples:
        | status  |
        | Fault   |
        | Invalid |
