@api @sut-secc @needs-http
Feature: The station over HTTP
  Who may, starts and stops sessions, and sees what is measured.

  @HIL-AP08
  Rule: Orders are carried out by the station itself

    Scenario: A session is started
      Given a SECC with
        | authorisation | external |
      And a session in which the SECC waits for AuthorizationReq
      And a client asked POST /start_session with
        | body | {"duration_s":5} |
      When the EVCC sends AuthorizationReq
      Then the answer is AuthorizationRes with
        | ResponseCode   | OK       |
        | EVSEProcessing | Finished |

    Scenario: A session is stopped
      Given a session that charges with 20 A at least
      When a client asks POST /stop_session
      Then the answer is 200 with
        | status | stopping |
      And the SECC asks the EVCC to stop within 1 s

    Scenario Outline: <order> ends a session at once
      Given a session that charges with 20 A at least
      When a client asks POST <order> with
        | body | <body> |
      Then the answer is 200 with
        | status | <said> |
      And the power is off within 100 ms
      And a following session completes

      Examples:
        | order              | body                  | said           |
        | /fault             | {"type":"E_STOP"}     | fault_injected |
        | /fault             | {"type":"OVERCURRENT"} | fault_injected |
        | /control/contactor | {"closed":false}      | ok             |

  @HIL-AP09
  Rule: What is told is what is measured and what was said

    Scenario Outline: <path> of a vehicle that charges
      Given a session that charges with 50 A at least
      When a client asks GET <path>
      Then the answer is 200 with
        | <field> | <value> |

      Examples:
        | path              | field                            | value        |
        | /status           | session_active                   | true         |
        | /status           | phase                            | CHARGING     |
        | /status           | contactor_closed                 | true         |
        | /status           | cp_state                         | C            |
        | /meter            | session_time_s                   | not 0        |
        | /meter            | avg_current                      | not 0        |
        | /cp               | state                            | C            |
        | /vehicle/bms      | evcc_id                          | 020000EE0001 |
        | /vehicle/bms      | target_current                   | 120          |
        | /vehicle/bms      | rated_limits.dc.max_voltage      | 450          |
        | /vehicle/slac     | state                            | MATCHED      |
        | /vehicle/slac     | attenuation_db                   | 15           |
        | /vehicle/iso15118 | protocol                         | ISO_15118_2  |
        | /vehicle/iso15118 | energy_service                   | DC_extended  |
        | /vehicle/iso15118 | authorized                       | true         |
        | /vehicle/live     | slac.state                       | MATCHED      |
        | /vehicle/live     | bms.protocol                     | ISO_15118_2  |
        | /hlc/status       | state                            | running      |

    Scenario Outline: A watcher while a vehicle charges
      Given a session that charges with 50 A at least
      When a client asks GET /events with
        | reads | for 2 s |
      Then the answer is 200 with
        | <field> | <value> |

      Examples:
        | field                       | value                                     |
        | hello.limits.maximumVoltage | 1000                                      |
        | live.status.phase           | CHARGING                                  |
        | live.power.contactor        | true                                      |
        | live.live.bms.evcc_id       | 020000EE0001                              |
        | message.layer               | V2G                                       |
        | message.name                | one of CurrentDemandReq, CurrentDemandRes |

    Scenario Outline: <path> without a vehicle
      When a client asks GET <path>
      Then the answer is 200 with
        | <field> | <value> |

      Examples:
        | path         | field                | value   |
        | /status      | phase                | IDLE    |
        | /cp          | state                | A       |
        | /meter       | energy_Wh            | 0       |
        | /hlc/status  | state                | stopped |
        | /vehicle/bms | evcc_id              | null    |
