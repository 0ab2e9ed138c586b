@sdp @sut-secc
Feature: SECC discovery
  A vehicle that is matched asks who is there; the station says where it can be reached, and nothing else.

  @V2G2-623
  Rule: A request for TCP is answered with the address and port at which the SECC listens, and the security it has

    @TC_SECC_CMN_VTB_SDP_001 @TC_SECC_CMN_VTB_V2GTPSDP_001
    Scenario: TCP without TLS
      Given a vehicle that is matched with the SECC
      When the EVCC asks for a SECC with
        | security  | 0x10 |
        | transport | 0x00 |
      Then the SECC gives its address with
        | address   | that of the sender |
        | port      | one at which it listens |
        | security  | 0x10               |
        | transport | 0x00               |

    @HIL-SD05 @TC_SECC_CMN_VTB_SDP_007
    Scenario: TLS, which this station does not have
      Given a vehicle that is matched with the SECC
      When the EVCC asks for a SECC with
        | security  | 0x00 |
        | transport | 0x00 |
      Then the SECC gives its address with
        | address   | that of the sender |
        | port      | one at which it listens |
        | security  | 0x10               |
        | transport | 0x00               |

    Scenario: A vehicle that asks again
      Given a vehicle that is matched with the SECC
      And the EVCC has asked for a SECC 49 times in 12 s
      When the EVCC asks for a SECC with
        | security  | 0x10 |
        | transport | 0x00 |
      Then the SECC gives its address with
        | security | 0x10 |
      And a following session completes

    @HIL-SD03
    Scenario Outline: Security <security> and transport <transport> mean nothing
      Given a vehicle that is matched with the SECC
      When the EVCC asks for a SECC with
        | security  | <security>  |
        | transport | <transport> |
      Then the SECC gives no address
      And a following session completes

      Examples: codes of no security
        | security | transport |
        | 0x05     | 0x00      |
        | 0x01     | 0x00      |
        | 0xFF     | 0x00      |

      Examples: transports other than TCP
        | security | transport |
        | 0x10     | 0x10      |
        | 0x10     | 0xFF      |
        | 0x00     | 0x10      |

  @HIL-SD01
  Rule: A datagram with a wrong V2GTP header is discarded

    Scenario Outline: <what>
      Given a vehicle that is matched with the SECC
      When the EVCC sends <what>
      Then the SECC gives no address
      And a following session completes

      @TC_SECC_CMN_VTB_V2GTPSDP_002
      Examples: no length
        | what                       |
        | an SDP request of length 0 |

      @TC_SECC_CMN_VTB_V2GTPSDP_003
      Examples: wrong payload type
        | what                                |
        | an SDP request of payload type 7000 |

      @TC_SECC_CMN_VTB_V2GTPSDP_004
      Examples: wrong protocol version
        | what                                  |
        | an SDP request of protocol version FF |

      @TC_SECC_CMN_VTB_V2GTPSDP_005
      Examples: wrong inverse of it
        | what                                 |
        | an SDP request of inverse version FF |

      Examples: what else may be wrong with it
        | what                                  |
        | an SDP request of protocol version 02 |
        | an SDP request of payload type 8001   |
        | an SDP response                       |

  @HIL-SD02
  Rule: A datagram whose length is not that of a request is discarded

    Scenario Outline: <what>
      Given a vehicle that is matched with the SECC
      When the EVCC sends <what>
      Then the SECC gives no address
      And a following session completes

      Examples: lengths announced
        | what                                   |
        | an SDP request of length 1             |
        | an SDP request of length 3             |
        | an SDP request of length 65535         |
        | an SDP request of length 4294967295    |

      Examples: lengths sent
        | what                                |
        | the first 0 bytes of an SDP request |
        | the first 1 bytes of an SDP request |
        | the first 2 bytes of an SDP request |
        | the first 3 bytes of an SDP request |
        | the first 4 bytes of an SDP request |
        | the first 5 bytes of an SDP request |
        | the first 6 bytes of an SDP request |
        | the first 7 bytes of an SDP request |
        | the first 8 bytes of an SDP request |
        | the first 9 bytes of an SDP request |
        | an SDP request with a trailing byte  |
        | two SDP requests in one datagram     |
        | a datagram of 65507 bytes            |

    Scenario: Rubbish before a request
      Given a vehicle that is matched with the SECC
      And the EVCC has sent an SDP request of length 4294967295 200 times
      When the EVCC asks for a SECC with
        | security  | 0x10 |
        | transport | 0x00 |
      Then the SECC gives its address with
        | security | 0x10 |

  @V2G2-723
  Rule: 18 s after the match the SECC answers no further request

    @boundary
    Scenario: The vehicle asks just in time
      Given a vehicle that is matched with the SECC
      When 17.8 s after the match the EVCC asks for a SECC
      Then the SECC gives its address with
        | port | one at which it listens |

    @TC_SECC_CMN_VTB_SDP_004 @HIL-SD04 @boundary
    Scenario: The vehicle asks too late
      Given a vehicle that is matched with the SECC
      When 18.5 s after the match the EVCC asks for a SECC
      Then the SECC gives no address
      And a following session completes

    @TC_SECC_CMN_VTB_SupportedAppProtocol_005
    Scenario: The vehicle connects too late
      Given a vehicle that is matched with the SECC
      When 18.5 s after the match the EVCC connects
      Then none of these connections is open 5 s later
      And a following session completes

  @HIL-R45
  Rule: Nothing else listens at the vehicle's interface

    Scenario: Before the session
      Given a vehicle that is matched with the SECC
      Then the SECC listens at no other port
      And a following session completes

    Scenario: During the session
      Given a session in which the SECC waits for CurrentDemandReq
      Then the SECC listens at no other port
      And a following session completes

  @HIL-SD10
  Rule: Requests that go on during a session do not disturb it

    Scenario: A flood of requests in the charge loop
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC keeps asking for a SECC 10000 times in 1 s
      When 500 ms later the EVCC sends CurrentDemandReq
      Then the SECC answers CurrentDemandRes with ResponseCode OK
      And the connection stays open
      And a following session completes

    @performance @exclusive
    Scenario: An answer in the middle of the flood
      Given a session in which the SECC waits for CurrentDemandReq again
      And the EVCC keeps asking for a SECC 10000 times in 1 s
      When 500 ms later the EVCC sends CurrentDemandReq
      Then the SECC answers within 250 ms
