@iec61851-1 @sut-evcc
Feature: The car looks at its pilot
  Whatever is said on the network, the pilot decides.

  @HIL-CP13
  Rule: Without a pilot that calls it the car opens its contactor and shows B within 3 s

    Scenario Outline: The pilot changes
      Given a session in <phase>
      When the pilot <change>
      Then the EVCC has opened its contactor and shows state B within 3 s
      And a following session completes

      Examples:
        | phase             | change            |
        | the cable check   | stops oscillating |
        | pre-charge        | stops oscillating |
        | the charging loop | stops oscillating |

    Scenario Outline: The pilot is lost while charging
      Given a session that charges with 50 A at least
      When the pilot <change>
      Then the EVCC opens its contactor within 3 s
      And a following session completes

      Examples:
        | change            |
        | stops oscillating |
        | goes to state E   |
        | goes to state F   |
        | is interrupted    |

    Scenario Outline: The pilot is lost before charging
      Given a session in <phase>
      When the pilot <change>
      Then the EVCC never closes its contactor
      And a following session completes

      Examples:
        | phase           | change          |
        | the cable check | goes to state E |
        | the cable check | goes to state F |
        | the cable check | is interrupted  |
        | pre-charge      | goes to state E |
        | pre-charge      | goes to state F |
        | pre-charge      | is interrupted  |
