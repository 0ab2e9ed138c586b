@iso15118-2 @sut-secc
Feature: Services and payment
  The station says what it offers; a vehicle takes of that and of nothing else.

  @V2G2-196
  Rule: ServiceDiscoveryRes names the payment options, the charge service and its energy transfer modes

    @TC_SECC_CMN_VTB_ServiceDiscovery_001
    Scenario: A station for direct current without contracts
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends ServiceDiscoveryReq
      Then the answer is ServiceDiscoveryRes with
        | ResponseCode                                                 | OK              |
        | PaymentOptionList.PaymentOption                              | ExternalPayment |
        | PaymentOptionList.PaymentOption[1]                           | absent          |
        | ChargeService.ServiceID                                      | 1               |
        | ChargeService.ServiceCategory                                | EVCharging      |
        | ChargeService.SupportedEnergyTransferMode.EnergyTransferMode | PICS energyModes |

    Scenario: A vehicle that asks for a category
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends ServiceDiscoveryReq with
        | ServiceCategory | EVCharging |
      Then the answer is ServiceDiscoveryRes with
        | ResponseCode            | OK |
        | ChargeService.ServiceID | 1  |

  @V2G2-464
  Rule: ServiceDetailReq for a service that is not offered is answered FAILED_ServiceIDInvalid, and the session ends

    @TC_SECC_CMN_VTB_ServiceDetail_007 @HIL-SE06
    Scenario Outline: Service <id>
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends ServiceDetailReq with
        | ServiceID | <id> |
      Then the SECC answers ServiceDetailRes with ResponseCode FAILED_ServiceIDInvalid
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: ids that nobody offered
        | id    |
        | 2     |
        | 65535 |

  @V2G2-550
  Rule: A selection of what was offered is accepted

    @TC_SECC_CMN_VTB_PaymentServiceSelection_001
    Scenario: External payment and the charge service
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends PaymentServiceSelectionReq
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode OK

  @V2G2-465
  Rule: A payment option that was not offered is answered FAILED_PaymentSelectionInvalid, and the session ends

    @TC_SECC_CMN_VTB_PaymentServiceSelection_009 @HIL-SE08
    Scenario: A contract without TLS
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends PaymentServiceSelectionReq with
        | SelectedPaymentOption | Contract |
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode FAILED_PaymentSelectionInvalid
      And the SECC ends the session within 5 s
      And a following session completes

  @V2G2-804
  Rule: A selection without the charge service is answered FAILED_NoChargeServiceSelected, and the session ends

    @TC_SECC_CMN_VTB_PaymentServiceSelection_007 @HIL-SE07
    Scenario: Another service only
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends PaymentServiceSelectionReq with
        | SelectedServiceList.SelectedService[0].ServiceID | 2 |
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode FAILED_NoChargeServiceSelected
      And the SECC ends the session within 5 s
      And a following session completes

  @V2G2-467
  Rule: A service that was not offered is answered FAILED_ServiceSelectionInvalid, and the session ends

    @TC_SECC_CMN_VTB_PaymentServiceSelection_006
    Scenario: The charge service and an unknown one
      Given a session in which the SECC waits for PaymentServiceSelectionReq
      When the EVCC sends PaymentServiceSelectionReq with
        | SelectedServiceList.SelectedService[0].ServiceID | 1 |
        | SelectedServiceList.SelectedService[1].ServiceID | 2 |
      Then the SECC answers PaymentServiceSelectionRes with ResponseCode FAILED_ServiceSelectionInvalid
      And the SECC ends the session within 5 s
      And a following session completes
