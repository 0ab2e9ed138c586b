@v2gtp @sut-secc @HIL-VT01
Feature: Wrong V2GTP headers
  A frame that is not for this protocol is none of the station's business, however often it comes.

  @V2G2-098
  Rule: A frame with a wrong header is skipped with its payload, and never answered

    Scenario Outline: <what> instead of SessionSetupReq
      Given a session in which the SECC waits for SessionSetupReq
      When the EVCC sends <what>
      Then the SECC does not answer
      And the connection stays open
      And a following session completes

      @TC_SECC_CMN_VTB_V2GTPSessionSetup_002
      Examples: no length
        | what           |
        | an empty frame |

      @TC_SECC_CMN_VTB_V2GTPSessionSetup_003
      Examples: a payload type that nobody has
        | what                         |
        | a frame of payload type 7001 |

      @TC_SECC_CMN_VTB_V2GTPSessionSetup_004
      Examples: a wrong protocol version
        | what                           |
        | a frame of protocol version FF |

      @TC_SECC_CMN_VTB_V2GTPSessionSetup_005
      Examples: a wrong inverse of it
        | what                          |
        | a frame of inverse version FF |

    Scenario Outline: <what> in the charge loop
      Given a session in which the SECC waits for CurrentDemandReq again
      When the EVCC sends <what>
      Then the SECC does not answer
      And the connection stays open

      Examples: every fault of a header
        | what                           |
        | an empty frame                 |
        | a frame of payload type 7001   |
        | a frame of protocol version FF |
        | a frame of inverse version FF  |

    Scenario Outline: The right request after <what>, <count> of them
      Given a session in which the SECC waits for SessionSetupReq
      And the EVCC has sent <what> <count> times
      When the EVCC sends SessionSetupReq
      Then the SECC answers SessionSetupRes with ResponseCode OK_NewSessionEstablished

      Examples: every fault of a header
        | what                           | count |
        | an empty frame                 | 1     |
        | a frame of payload type 7001   | 1     |
        | a frame of protocol version FF | 1     |
        | a frame of inverse version FF  | 1     |

      Examples: many in a row
        | what                           | count |
        | a frame of protocol version FF | 100   |
        | an empty frame                 | 100   |

    @HIL-VT05
    Scenario Outline: <what> belongs to another protocol
      Given a session in which the SECC waits for ServiceDiscoveryReq
      And the EVCC has sent <what> 1 time
      When the EVCC sends ServiceDiscoveryReq
      Then the SECC answers ServiceDiscoveryRes with ResponseCode OK

      Examples: payload types of ISO 15118-20 and of discovery
        | what                         |
        | a frame of payload type 8002 |
        | a frame of payload type 9000 |

    @HIL-MT01
    Scenario: They are counted
      Given a session in which the SECC waits for SessionSetupReq
      And the EVCC has sent a frame of inverse version FF 3 times
      And the EVCC has sent an empty frame 2 times
      When the EVCC closes the connection
      Then the SECC counts
        | rx_invalid_v2gtp | 5 |
        | rx_decode_errors | 0 |

  @HIL-VT02
  Rule: A payload length above the limit closes the connection

    Scenario Outline: <what> while <message> is awaited
      Given a session in which the SECC waits for <message>
      When the EVCC sends <what>
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: from the largest that can be said to the smallest that is too much
        | what                                                  | message                 |
        | a frame that announces 4 GiB                          | supportedAppProtocolReq |
        | a frame that announces 4 GiB                          | CurrentDemandReq        |
        | a frame that announces one byte more than is allowed  | ServiceDiscoveryReq     |
        | a frame of payload type 7001 that announces 4 GiB     | ServiceDiscoveryReq     |

      @HIL-R32
      Examples: what other programs send
        | what                         | message             |
        | a frame that announces 2 GiB | SessionSetupReq     |
        | a line of text               | SessionSetupReq     |
        | a line of text               | CurrentDemandReq    |

    Scenario: The largest that is allowed is waited for
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends a frame that announces as much as is allowed
      Then the SECC does not answer
      And the connection stays open
      And a following session completes

    Scenario: A request fills the limit
      Given a session in which the SECC waits for ServiceDiscoveryReq
      When the EVCC sends a frame as long as is allowed
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes
