@iso15118-3 @needs-plc-utils
Feature: Matching with another implementation
  What two ends of one house agree on may be wrong in both. A foreign end finds out.

  @HIL-FP01 @sut-secc
  Rule: The vehicle of another implementation matches with the station, as often as it comes

    Scenario: The vehicle of plc-utils
      When pev of plc-utils matches 25 times in a row
      Then every match succeeds

  @HIL-FP02 @sut-evcc
  Rule: The vehicle matches with the station of another implementation, as often as it comes

    Scenario: The station of plc-utils
      When evse of plc-utils matches 25 times in a row
      Then every match succeeds
