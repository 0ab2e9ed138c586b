@iso15118-2 @sut-secc
Feature: Authorisation by external means
  Who pays is settled between customer and station; the vehicle asks until it is.

  @V2G2-562
  Rule: Where nobody has to be asked the first request is answered Finished

    @TC_SECC_CMN_VTB_Authorization_001
    Scenario: A station that is free for all
      Given a session in which the SECC waits for AuthorizationReq
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

  @V2G2-684
  Rule: Until the customer is authorised the answer is OK, Ongoing_WaitingForCustomerInteraction

    @V2G2-845
    Scenario: The first request
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK                                    |
        | EVSEProcessing | Ongoing_WaitingForCustomerInteraction |

    @TC_SECC_CMN_VTB_Authorization_014
    Scenario: Many requests later
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq again
      And the EVCC has sent AuthorizationReq 50 times
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK                                    |
        | EVSEProcessing | Ongoing_WaitingForCustomerInteraction |

    Scenario: A vehicle that does not wait for it
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq again
      When the EVCC sends ChargeParameterDiscoveryReq
      Then the SECC answers ChargeParameterDiscoveryRes with ResponseCode FAILED_SequenceError
      And the SECC ends the session within 5 s

  @V2G2-856
  Rule: As soon as the customer is authorised the answer is Finished

    Scenario: The customer is authorised before the vehicle asks
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq
      And the operator has authorised the customer
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

    Scenario: The customer is authorised early in the session
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for ServiceDiscoveryReq
      And the operator has authorised the customer
      And the EVCC has sent ServiceDiscoveryReq 1 time
      And the EVCC has sent PaymentServiceSelectionReq 1 time
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

    Scenario: The customer is authorised before the plug is in
      Given a SECC with
        | authorisation | external |
      And the operator has authorised the customer
      And a session in which the SECC waits for AuthorizationReq
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

    Scenario: The customer is authorised while the vehicle asks
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq again
      And the operator has authorised the customer
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

  @V2G2-854
  Rule: A customer who is refused gets FAILED, and the session ends

    Scenario: The customer is refused while the vehicle asks
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq again
      And the operator has refused the customer
      When the EVCC sends AuthorizationReq
      Then the SECC answers AuthorizationRes with ResponseCode FAILED
      And the SECC ends the session within 5 s

  @HIL-R06
  Rule: An authorisation that is withdrawn ends charging in every state

    Scenario Outline: While <awaited> is awaited
      Given a session in which the SECC waits for <awaited>
      When the operator refuses the customer
      Then the SECC closes the connection within 11 s
      And the power is off within 12 s
      And a following session completes

      Examples: from the first request of the session to the last before power
        | awaited                     |
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
        | CableCheckReq               |
        | PreChargeReq                |
        | PowerDeliveryReq            |
        | CurrentDemandReq            |

    Scenario: A vehicle that charges on regardless
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC goes on sending CurrentDemandReq every 100 ms
      When the operator refuses the customer
      Then the SECC closes the connection within 11 s
      And the power is off within 12 s
      And a following session completes
