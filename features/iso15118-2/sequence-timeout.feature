@iso15118-2 @sut-secc
Feature: SECC sequence timeout
  A session that the vehicle abandons must not hold the station for ever.

  @V2G2-443
  Rule: The SECC ends the session V2G_SECC_Sequence_Timeout (60 s) after its last response

    Scenario: The vehicle falls silent
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends nothing more
      Then the SECC closes the connection 60 s after its last response
      And a following session completes

    Scenario: The request comes just in time
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When 59.9 s after the last response the EVCC sends ServiceDiscoveryReq
      Then the SECC answers ServiceDiscoveryRes with ResponseCode OK
