@iso15118-2 @sut-secc
Feature: CableCheck
  The insulation is measured while the vehicle shows that it is ready.

  @V2G2-583
  Rule: CableCheckReq is answered Ongoing while the check goes on, and Finished after it

    @TC_SECC_DC_VTB_CableCheck_006
    Scenario: The check begins
      Given a session in which the SECC waits for CableCheckReq
      When the EVCC sends CableCheckReq
      Then the answer is CableCheckRes with
        | ResponseCode   | OK      |
        | EVSEProcessing | Ongoing |

    @TC_SECC_DC_VTB_CableCheck_002 @TC_SECC_DC_VTB_CableCheck_007
    Scenario: The check begins in state D
      Given a session in which the SECC waits for CableCheckReq
      And the vehicle has gone to state D
      When the EVCC sends CableCheckReq
      Then the answer is CableCheckRes with
        | ResponseCode   | OK      |
        | EVSEProcessing | Ongoing |

    @TC_SECC_DC_VTB_CableCheck_001
    Scenario: The check is finished
      Given a session in which the SECC waits for CableCheckReq again
      When 25 s after the last response the EVCC sends CableCheckReq
      Then the answer is CableCheckRes with
        | ResponseCode                      | OK                   |
        | EVSEProcessing                    | Finished             |
        | DC_EVSEStatus.EVSEIsolationStatus | one of Valid, absent |
        | DC_EVSEStatus.EVSEStatusCode      | EVSE_Ready           |

  @V2G2-918
  Rule: CableCheckReq outside states C and D is answered FAILED, and the session ends

    @TC_SECC_DC_VTB_CableCheck_008 @HIL-CP07
    Scenario: The vehicle has gone back to state B
      Given a session in which the SECC waits for CableCheckReq
      And the vehicle has gone to state B
      When the EVCC sends CableCheckReq
      Then the SECC answers CableCheckRes with ResponseCode FAILED
      And the SECC ends the session within 5 s
      And the outlet never rises above 60 V
      And a following session completes

    @HIL-TM17
    Scenario: The vehicle shows state C a little late
      Given a session in which the SECC waits for CableCheckReq
      And the vehicle has gone to state B
      When the EVCC sends CableCheckReq and 500 ms later shows state C
      Then the SECC answers CableCheckRes with ResponseCode OK
