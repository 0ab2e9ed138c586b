@app-protocol @sut-secc
Feature: Choice of the protocol
  The vehicle offers what it speaks and how much it likes each; the station takes the best that it speaks too.

  Background:
    Given a session in which the SECC waits for supportedAppProtocolReq

  @V2G2-169
  Rule: Of the protocols that both speak, the one with the vehicle's highest priority is chosen

    @TC_SECC_CMN_VTB_SupportedAppProtocol_004
    Scenario: One protocol
      When the EVCC offers
        | ProtocolNamespace            | Version | SchemaID | Priority |
        | urn:iso:15118:2:2013:MsgDef  | 2.0     | 10       | 1        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiation |
        | SchemaID     | 10                       |

    Scenario: The order of the offer is not that of the priorities
      When the EVCC offers
        | ProtocolNamespace           | Version | SchemaID | Priority |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 10       | 3        |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 11       | 1        |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 12       | 2        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiation |
        | SchemaID     | 11                       |

    Scenario: The highest priority is of an unknown protocol
      When the EVCC offers
        | ProtocolNamespace           | Version | SchemaID | Priority |
        | urn:example:charging        | 1.0     | 1        | 1        |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 2        | 2        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiation |
        | SchemaID     | 2                        |

    Scenario: The lowest of twenty priorities
      When the EVCC offers 19 unknown protocols and ISO 15118-2 with SchemaID 255
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiation |
        | SchemaID     | 255                      |

    @HIL-SA04
    Scenario: Equal priorities
      When the EVCC offers
        | ProtocolNamespace           | Version | SchemaID | Priority |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 20       | 5        |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 21       | 5        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiation |
        | SchemaID     | 20                       |

  @HIL-SA02
  Rule: Another minor version is no obstacle, and is said to be another

    @TC_SECC_CMN_VTB_SupportedAppProtocol_006
    Scenario: The minor version differs
      When the EVCC offers
        | ProtocolNamespace           | Version | SchemaID | Priority |
        | urn:iso:15118:2:2013:MsgDef | 2.1     | 3        | 1        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiationWithMinorDeviation |
        | SchemaID     | 3                                          |

    Scenario: Priority counts for more than an equal minor version
      When the EVCC offers
        | ProtocolNamespace           | Version | SchemaID | Priority |
        | urn:iso:15118:2:2013:MsgDef | 2.0     | 4        | 2        |
        | urn:iso:15118:2:2013:MsgDef | 2.1     | 5        | 1        |
      Then the answer is supportedAppProtocolRes with
        | ResponseCode | OK_SuccessfulNegotiationWithMinorDeviation |
        | SchemaID     | 5                                          |

  @V2G2-172
  Rule: Without a common protocol the answer is Failed_NoNegotiation, and the connection is closed

    @TC_SECC_CMN_VTB_SupportedAppProtocol_002 @HIL-SA01
    Scenario: Unknown protocols only
      When the EVCC offers
        | ProtocolNamespace    | Version | SchemaID | Priority |
        | urn:example:charging | 2.0     | 1        | 1        |
        | urn:example:other    | 2.0     | 2        | 2        |
      Then the SECC answers supportedAppProtocolRes with ResponseCode Failed_NoNegotiation
      And the SECC ends the session within 5 s
      And a following session completes

    Scenario Outline: <what>
      When the EVCC offers
        | ProtocolNamespace | Version   | SchemaID | Priority |
        | <namespace>       | <version> | 1        | 1        |
      Then the SECC answers supportedAppProtocolRes with ResponseCode Failed_NoNegotiation
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: nearly the right one
        | what                        | namespace                    | version |
        | a higher major version      | urn:iso:15118:2:2013:MsgDef  | 3.0     |
        | a lower major version       | urn:iso:15118:2:2013:MsgDef  | 1.0     |
        | a namespace cut short       | urn:iso:15118:2:2013:MsgDe   | 2.0     |
        | a namespace with more to it | urn:iso:15118:2:2013:MsgDefs | 2.0     |
        | a namespace in capitals     | URN:ISO:15118:2:2013:MSGDEF  | 2.0     |
        | alternating current only    | urn:iso:std:iso:15118:-20:AC | 1.0     |

      @HIL-EX10
      Examples: characters of other planes
        | what                        | namespace                     | version |
        | the right one with an emoji | urn:iso:15118:2:2013:MsgDef🔌 | 2.0     |

  @V2G2-540
  Rule: Nothing is served before a protocol is chosen

    @HIL-SA05
    Scenario Outline: <message> comes first
      When the EVCC sends <message>
      Then the SECC does not answer
      And the SECC ends the session within 5 s
      And a following session completes

      Examples: requests of a session
        | message             |
        | SessionSetupReq     |
        | ServiceDiscoveryReq |
        | CurrentDemandReq    |
