@api @sut-secc @needs-http
Feature: Who may call the station over HTTP
  Nobody moves a station who may not, and nobody learns why he was turned away.

  @HIL-AP01
  Rule: Without a token that is good for it nothing is answered and nothing is done

    Scenario Outline: <method> <path> with <token> token
      When a client asks <method> <path> with
        | token | <token> |
      Then the answer is <status> with
        | status  | error       |
        | message | not allowed |

      Examples:
        | method | path               | token     | status |
        | GET    | /status            | none      | 401    |
        | GET    | /status            | wrong     | 401    |
        | GET    | /status            | expired   | 401    |
        | GET    | /vehicle/live      | none      | 401    |
        | GET    | /metrics           | none      | 401    |
        | POST   | /start_session     | none      | 401    |
        | POST   | /stop_session      | wrong     | 401    |
        | POST   | /stop_session      | expired   | 401    |
        | POST   | /control/contactor | none      | 401    |
        | POST   | /fault             | none      | 401    |
        | POST   | /start_session     | read-only | 403    |
        | POST   | /stop_session      | read-only | 403    |
        | POST   | /control/contactor | read-only | 403    |
        | POST   | /control/pwm       | read-only | 403    |
        | POST   | /fault             | read-only | 403    |

    Scenario: An emergency stop without a token leaves a session alone
      Given a session that charges with 20 A at least
      When a client asks POST /fault with
        | token | none              |
        | body  | {"type":"E_STOP"} |
      Then the answer is 401
      And charging goes on for 1 s

  @HIL-AP07
  Rule: Who comes by a name that is not the station's, or from a page that is not, is turned away

    Scenario Outline: <header> is <value>
      When a client asks POST /stop_session with
        | <header> | <value> |
      Then the answer is 403 with
        | message | not allowed |

      Examples:
        | header  | value                |
        | Host    | rebound.example      |
        | Host    | rebound.example:8000 |
        | Host    | 192.0.2.1:8000       |
        | Host    | 127.0.0.1.example    |
        | Origin  | http://evil.example  |
        | Origin  | http://127.0.0.1     |
        | Origin  | null                 |
        | Upgrade | websocket            |

  @HIL-AP10
  Rule: The vehicle's side has no way to the HTTP interface

    Scenario: While a vehicle charges
      Given a session in which the SECC waits for CurrentDemandReq
      And a client asked GET /status
      Then the SECC listens at no other port
      And the answer is 200
