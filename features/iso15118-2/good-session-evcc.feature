@iso15118-2 @sut-evcc @good-session
Feature: A DC session in good order, the car under test
  At a station that makes no mistake the car matches, charges and leaves; pilot, contactor and messages agree all the way.

  @HIL-OP02
  Rule: After a positive response the car goes on to the next message

    Scenario: Every request of a whole session in its order
      When a session runs to its end
      Then the EVCC has sent, repeats left out
        | supportedAppProtocolReq     |
        | SessionSetupReq             |
        | ServiceDiscoveryReq         |
        | PaymentServiceSelectionReq  |
        | AuthorizationReq            |
        | ChargeParameterDiscoveryReq |
        | CableCheckReq               |
        | PreChargeReq                |
        | PowerDeliveryReq            |
        | CurrentDemandReq            |
        | PowerDeliveryReq            |
        | (WeldingDetectionReq)       |
        | SessionStopReq              |

  @V2G2-849
  Rule: The states of the pilot keep their order with the messages

    Scenario: From A by B and C and back
      When a session runs from plug to unplug
      Then the pilot goes through states ABCBA

  @V2G2-847
  Rule: A DC car shows C or D before the cable check

    Scenario: State C before CableCheckReq
      When a session runs from plug to unplug
      Then state C comes before the first CableCheckReq

  @V2G2-848
  Rule: A car shows B within 250 ms of the end of power delivery

    Scenario: After PowerDeliveryRes
      When a session runs from plug to unplug
      Then state B comes within 250 ms of the end of power delivery

  @HIL-S15
  Rule: The car closes its contactor only within 20 V of its battery

    Scenario: At the end of pre-charge
      When a session runs from plug to unplug
      Then when the EVCC closes its contactor inlet and battery differ by less than 20 V

  @HIL-S03
  Rule: The car ramps down, then stops, and opens without current

    Scenario: At the end of charging
      Given a vehicle that charges for 20 loops
      When a session runs from plug to unplug
      Then when the EVCC asks for the end of charging the current is below 1 A
      And when the EVCC opens its contactor the current is below 1 A

  @V2G3-M09-17
  Rule: The network is left within 1 s, with a new key

    Scenario: After the session
      When a session runs to its end
      Then the EVCC leaves the network with a fresh key within 1 s of the end of the connection

  @HIL-CT01
  Rule: Every message is valid, and ends with its frame

    Scenario: The requests of a whole session
      When a session runs to its end
      Then all that the EVCC says is valid

  @V2G2-879
  Rule: The EVCCID is a MAC address

    Scenario: In the request for a session
      When a session runs to its end
      Then all that the EVCC says names it by its EVCCID

  @HIL-TM09
  Rule: A request follows the response before it within 40 s

    Scenario: All of a session
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the EVCC says comes in time

  @V2G2-167
  Rule: Each protocol is offered with a priority and a SchemaID of its own

    Scenario: What the car speaks
      When a session runs to its end
      Then all that the EVCC says offers each protocol once

  @HIL-CT09
  Rule: No target is above the limits of the car, and no limit rises

    Scenario: From the charge parameters to the end of the loop
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the EVCC says keeps to its limits

  @HIL-CT10
  Rule: The state of charge is that of the battery

    Scenario: In each request that has one
      When a session runs to its end
      Then all that the EVCC says tells the state of charge

  @HIL-CT11
  Rule: The status fits what goes on

    Scenario: From the charge parameters to welding detection
      When a session runs to its end
      Then all that the EVCC says tells a status that fits

  @HIL-CT12
  Rule: The car chooses of what it was offered

    Scenario: Payment, services, mode, schedule and its power
      When a session runs to its end
      Then all that the EVCC says chooses of what was offered

  @V2G2-225
  Rule: The profile of charging stays within the power of the schedule

    Scenario: A schedule of less power than the car could take
      Given a session in which the EVCC waits for ChargeParameterDiscoveryRes
      When the SECC gives ChargeParameterDiscoveryRes with
        | SAScheduleList.SAScheduleTuple[0].PMaxSchedule.PMaxScheduleEntry[0].PMax | 30000 W |
      Then the EVCC sends CurrentDemandReq within 60 s
      And all that the EVCC says chooses of what was offered
      And all that the EVCC says keeps to its limits
