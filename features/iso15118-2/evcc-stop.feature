@iso15118-2 @sut-evcc
Feature: Stops that the car makes or is asked to make
  Driver and station may end charging at any time, and it ends in good order.

  @HIL-S25
  Rule: A station that asks for a stop is obeyed in good order

    Scenario Outline: EVSENotification StopCharging
      Given a vehicle that charges without end
      And a session in which the EVCC waits for <response>
      When the SECC gives <response> with
        | DC_EVSEStatus.EVSENotification     | StopCharging |
        | DC_EVSEStatus.NotificationMaxDelay | 10           |
      Then the EVCC ends the session in order
      And a following session completes

      Examples:
        | response         |
        | CableCheckRes    |
        | PreChargeRes     |
        | CurrentDemandRes |

    Scenario Outline: The station is shutting down
      Given a vehicle that charges without end
      And a session in which the EVCC waits for CurrentDemandRes
      When the SECC gives CurrentDemandRes with
        | DC_EVSEStatus.EVSEStatusCode | <code> |
      Then the EVCC ends the session in order
      And a following session completes

      Examples:
        | code                   |
        | EVSE_Shutdown          |
        | EVSE_EmergencyShutdown |
        | EVSE_Malfunction       |

    Scenario: The operator stops the station in the charging loop
      Given a session that charges with 50 A at least
      When the operator stops the session
      Then the EVCC ends the session in order
      And when the EVCC opens its contactor the current is below 1 A
      And a following session completes

  @HIL-OP01
  Rule: A driver who stops is obeyed in good order

    Scenario: In the charging loop
      Given a session that charges with 50 A at least
      When the driver stops charging
      Then the EVCC ends the session in order
      And when the EVCC opens its contactor the current is below 1 A
      And a following session completes

    Scenario Outline: Before charging
      Given a session in which the EVCC waits for <response>
      And the driver has stopped charging
      When the SECC answers
      Then the EVCC ends the session in order
      And the EVCC never closes its contactor
      And a following session completes

      Examples:
        | response                    |
        | ServiceDiscoveryRes         |
        | AuthorizationRes            |
        | ChargeParameterDiscoveryRes |
        | CableCheckRes               |

    Scenario: With a contactor that does not open any more
      Given a session that charges with 20 A at least
      And there is a welded contactor of the EVCC
      When the driver stops charging
      Then the EVCC ends the session in order
      And a following session completes
