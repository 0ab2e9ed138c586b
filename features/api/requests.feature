@api @sut-secc @needs-http
Feature: Requests that cannot be carried out
  Whatever a client sends, it is told what is wrong with it, and the power path does not move.

  @HIL-AP02
  Rule: A body that cannot be read is refused before anything is done

    Scenario Outline: A body that is <body>
      When a client asks POST /start_session with
        | body | <body> |
      Then the answer is <status> with
        | status | error |
      And the SECC never closes its contactor

      Examples:
        | body                                  | status |
        | hello                                 | 400    |
        | cut off                               | 400    |
        | of 1 MiB                              | 413    |
        | 10 000 lists deep                     | 400    |
        | 10 000 objects deep                   | 400    |
        | {"duration_s":1,"duration_s":2}       | 400    |
        | {"duration_s":1,"duration_\u0073":2}  | 400    |
        | {"__proto__":{"duration_s":2}}        | 400    |
        | {"constructor":{"prototype":{}}}      | 400    |

  @HIL-AP03
  Rule: A wrong method, media type or path is refused

    Scenario Outline: <method> <path>
      When a client asks <method> <path>
      Then the answer is <status> with
        | status | error |

      Examples:
        | method | path                        | status |
        | GET    | /start_session              | 405    |
        | DELETE | /status                     | 405    |
        | PUT    | /control/contactor          | 405    |
        | GET    | /nothing                    | 404    |
        | GET    | /page/../../../etc/passwd   | 404    |
        | GET    | /page/%2e%2e/%2e%2e/secc.ts | 404    |
        | GET    | /page/app.mjsNUL.png        | 404    |

    Scenario: A media type that is not JSON
      When a client asks POST /start_session with
        | Content-Type | text/plain |
        | body         | {}         |
      Then the answer is 415 with
        | status | error |

  @HIL-AP04
  Rule: A value that is none, or beyond the rating, is refused, and no hardware moves

    Scenario Outline: A session with <body>
      When a client asks POST /start_session with
        | body | <body> |
      Then the answer is 422 with
        | status | error |
      And the SECC never closes its contactor

      Examples:
        | body                       |
        | {"target_voltage":NaN}     |
        | {"target_voltage":-1}      |
        | {"target_voltage":1e309}   |
        | {"target_voltage":"400"}   |
        | {"target_voltage":null}    |
        | {"target_voltage":1000.5}  |
        | {"initial_current":200.5}  |
        | {"duration_s":0.5}         |
        | {"duration_s":1e9}         |
        | {"volts":400}              |
        | [400,50,10]                |

  @HIL-AP05
  Rule: An order in the wrong state is refused, and of two who give the same order one is obeyed

    Scenario: Two who start a session
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq
      When a client asks POST /start_session with
        | times | 2 |
      Then the answer is 409 with
        | status  | error                       |
        | message | Session already in progress |

    Scenario Outline: <path> without a vehicle
      When a client asks POST <path> with
        | body | <body> |
      Then the answer is 409 with
        | status | error |
      And the SECC never closes its contactor

      Examples:
        | path                 | body            |
        | /control/contactor   | {"closed":true} |
        | /control/cp_state    | {"state":"C"}   |
        | /slac/start_matching | {}              |
        | /esp/ping            | {}              |

    Scenario: Driving the pilot of a session by hand
      Given a session that charges with 20 A at least
      When a client asks POST /control/pwm with
        | body | {"duty":50} |
      Then the answer is 409 with
        | status | error |
      And charging goes on for 1 s

  @HIL-AP12
  Rule: Watchers who do not read are let go, there is room for so many, and charging is not disturbed

    Scenario: A watcher that reads nothing while a vehicle charges
      Given a session that charges with 20 A at least
      When a client asks GET /events with
        | reads | nothing |
      Then charging goes on for 1 s
      And none of these connections is open 30 s later
      And a following session completes

    Scenario: More watchers than there is room for
      Given a session that charges with 20 A at least
      When a client asks GET /events with
        | reads | nothing |
        | times | 17      |
      Then the answer is 429
      And charging goes on for 1 s

  @HIL-AP06 @performance @exclusive
  Rule: A client that asks too often is told to wait, and charging is not disturbed

    Scenario: A flood while a vehicle charges
      Given a session that charges with 20 A at least
      When a client asks GET /status with
        | times | 300 |
      Then the answer is 429 with
        | status | error |
      And charging goes on for 1 s
      And a following session completes
