@iso15118-2 @sut-secc @good-session
Feature: A DC session in good order, the station under test
  A vehicle that makes no mistake is matched, charged and let go; pilot, power path and messages agree all the way.

  @HIL-OP02
  Rule: The station follows the vehicle from message to message

    Scenario: Every request of a whole session is served
      When a session runs to its end
      Then the SECC has sent, repeats left out
        | supportedAppProtocolRes    | OK_SuccessfulNegotiation |
        | SessionSetupRes            | OK_NewSessionEstablished |
        | ServiceDiscoveryRes        | OK                       |
        | PaymentServiceSelectionRes | OK                       |
        | AuthorizationRes           | OK                       |
        | ChargeParameterDiscoveryRes | OK                      |
        | CableCheckRes              | OK                       |
        | PreChargeRes               | OK                       |
        | PowerDeliveryRes           | OK                       |
        | CurrentDemandRes           | OK                       |
        | PowerDeliveryRes           | OK                       |
        | (WeldingDetectionRes)      | OK                       |
        | SessionStopRes             | OK                       |

  @IEC61851-1-CP-duty
  Rule: A station that wants digital communication oscillates at 5 %

    Scenario: 5 % from plugging in to the end of the session
      When a session runs from plug to unplug
      Then the pilot oscillates at 5 % within 1 s of state B until the session ends

  @IEC61851-23-CC.4.1.4
  Rule: The cable check is finished only when the insulation was found good

    Scenario: The insulation is good
      When a session runs from plug to unplug
      Then when the cable check is reported finished the insulation has been found good

  @IEC61851-23-CC.4.1.2
  Rule: The cable check applies the voltage that follows from the limits of both sides, at 2 A at most

    Scenario Outline: The vehicle's limit gives the test voltage
      Given a vehicle whose EVMaximumVoltageLimit is <limit>
      When a session runs to its end
      Then during the cable check the outlet reaches <test>
      And during the cable check the current stays below 2 A
      And when the insulation is found good the outlet is above <least>

      Examples:
        | limit | test   | least |
        | 400 V | 450 V  | 400 V |
        | 450 V | 500 V  | 450 V |
        | 500 V | 500 V  | 450 V |
        | 800 V | 880 V  | 790 V |
        | 950 V | 1000 V | 900 V |

  @HIL-S15
  Rule: Pre-charge brings the outlet to the vehicle's voltage with 2 A at most

    Scenario: The outlet follows the vehicle's target
      When a session runs from plug to unplug
      Then during pre-charge the outlet comes within 20 V of the battery
      And during pre-charge the current stays below 2 A

  @IEC61851-23-CC.6.3
  Rule: The outlet follows the target of the vehicle

    Scenario: The current that is asked for flows
      Given a vehicle that charges for 30 loops
      When a session runs from plug to unplug
      Then during the charging loop the current reaches 120 A

  @V2G2-260
  Rule: CurrentDemandRes tells what is measured

    Scenario: Volts and amperes of the outlet
      Given a vehicle that charges for 30 loops
      When a session runs from plug to unplug
      Then CurrentDemandRes reports what is at the outlet

  @HIL-S26
  Rule: The meter counts the energy that the vehicle takes

    Scenario: The reading at the end of charging
      Given a vehicle that charges for 60 loops
      When a session runs from plug to unplug
      Then the meter counts what the battery takes

  @HIL-S03
  Rule: In a normal stop the contactor opens when the current has gone

    Scenario: The vehicle ramps down before it stops
      When a session runs from plug to unplug
      Then when the SECC opens its contactor the current is below 1 A

    Scenario: The vehicle stops without ramping down
      Given a session that charges with 100 A at least
      When the EVCC asks for the end of charging at once
      Then the current falls no faster than 100 A/s and is gone within 3 s
      And a following session completes

  @IEC61851-23-CC.5.3
  Rule: The plug is locked before there is a voltage

    Scenario: From the test voltage on
      When a session runs from plug to unplug
      Then when the outlet becomes live the plug is locked

  @HIL-S21
  Rule: The plug is unlocked only below 60 V, and then it is

    Scenario: At the end of the session
      When a session runs from plug to unplug
      Then when the plug is unlocked the outlet is below 60 V
      And when the plug is unlocked the pilot is in state B

  @V2G3-M09-17
  Rule: The network is left within 1 s, with a new key

    Scenario: After the session
      When a session runs to its end
      Then the SECC leaves the network with a fresh key within 1 s of the end of the connection

  @HIL-CT01
  Rule: Every message is valid, and ends with its frame

    Scenario: The responses of a whole session
      When a session runs to its end
      Then all that the SECC says is valid

  @HIL-CT02
  Rule: Every EVSEID is that of the station

    Scenario: In each response that has one
      When a session runs to its end
      Then all that the SECC says names it by its EVSEID

  @HIL-CT03
  Rule: What is offered is what the station has

    Scenario: Payment, services and energy transfer modes
      When a session runs to its end
      Then all that the SECC says offers what it has

  @HIL-CT04
  Rule: A schedule has an id of its own, and carries the power that is delivered

    Scenario: The power of the charging loop
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the SECC says offers schedules for the power it delivers

  @HIL-CT05
  Rule: No limit is above what the station has, or rises

    Scenario: From the charge parameters to the end of the loop
      When a session runs to its end
      Then all that the SECC says keeps to its limits

  @HIL-CT06
  Rule: The status fits what goes on

    Scenario: From the charge parameters to welding detection
      When a session runs to its end
      Then all that the SECC says tells a status that fits

  @HIL-CT07
  Rule: A limit is said to be reached only when it is

    Scenario: A vehicle that asks for less
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the SECC says tells of limits only when they are reached

  @HIL-CT08
  Rule: The meter counts up

    Scenario: In the charging loop
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the SECC says counts up

  @HIL-S19
  Rule: Volts and amperes are those that are measured

    Scenario: From pre-charge to welding detection
      Given a vehicle that charges for 30 loops
      When a session runs to its end
      Then all that the SECC says tells what is measured
