@api @sut-secc @needs-http @needs-helper
Feature: The pilot helper over HTTP
  What is asked of the helper by hand is asked of the helper itself, and never while a vehicle is there.

  @HIL-AP11
  Rule: The helper's own answer is told, whatever it says

    Scenario Outline: <path> with <body>
      When a client asks POST <path> with
        | body | <body> |
      Then the answer is 200 with
        | <field> | <value> |
      And a following session completes

      Examples:
        | path             | body              | field | value             |
        | /esp/ping        | {}                | pong  | true              |
        | /esp/restart_slac | {"reset_ms":400} | cmd   | restart_slac_hint |
        | /esp/mode        | {"mode":"dc"}     | mode  | dc                |
        | /esp/pwm         | {"duty":50}       | msg   | mode_dc_auto      |

    Scenario: A duty cycle by hand
      Given a client asked POST /esp/mode with
        | body | {"mode":"manual"} |
      When a client asks POST /esp/pwm with
        | body | {"duty":50} |
      Then the answer is 200 with
        | pwm.duty | 50 |

    Scenario Outline: <path> while a vehicle charges
      Given a session that charges with 20 A at least
      When a client asks POST <path> with
        | body | <body> |
      Then the answer is 409 with
        | message | a vehicle is there |
      And charging goes on for 1 s

      Examples:
        | path      | body              |
        | /esp/mode | {"mode":"manual"} |
        | /esp/pwm  | {"duty":50}       |

    Scenario: A helper that is pulled out
      Given the pilot helper is pulled out
      When a client asks POST /esp/ping
      Then the answer is 409 with
        | status | error |
      And a following session completes
