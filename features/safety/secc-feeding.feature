@iec61851-23 @sut-secc
Feature: What has to hold whenever the outlet is fed
  Looked at after every scenario in which the station is under test, whatever it was about; here for its own sake.

  @HIL-S27
  Rule: The outlet is fed only to a vehicle that is authorised, locked, in state C or D, checked, and in a session

    Scenario: A session in good order
      When a session runs from plug to unplug
      Then the outlet was fed to none but a vehicle that may have it

    Scenario Outline: A session that is cut off
      Given a session that charges with 100 A at least
      When the pilot <change>
      Then the SECC closes the connection within 5 s
      And the outlet was fed to none but a vehicle that may have it

      Examples:
        | change              |
        | goes to state B     |
        | is shorted to earth |
        | is interrupted      |

    Scenario: A customer who is never authorised
      Given a SECC with
        | authorisation | external |
      When a session runs to its end
      Then the outlet was fed to none but a vehicle that may have it
