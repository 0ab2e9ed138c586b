@iso15118-2 @sut-secc
Feature: SessionSetup
  Every session has an id of its own, given by the station.

  Background:
    Given a session in which the SECC waits for SessionSetupReq

  @V2G2-750
  Rule: A new session gets a SessionID other than zero

    @TC_SECC_CMN_VTB_SessionSetup_001 @TC_SECC_CMN_VTB_V2GTPSessionSetup_001
    Scenario: A vehicle without a session
      When the EVCC sends SessionSetupReq with
        | Header.SessionID | zero |
      Then the answer is SessionSetupRes with
        | ResponseCode     | OK_NewSessionEstablished |
        | Header.SessionID | not zero                 |
        | EVSEID           | any                      |

    Scenario: One vehicle after the other
      When the EVCC sends SessionSetupReq
      Then the SECC answers SessionSetupRes with ResponseCode OK_NewSessionEstablished
      And a following session completes
      And no two sessions have had the same SessionID

  @V2G2-756
  Rule: A SessionID that matches no session that was kept starts a new one with a fresh id

    @HIL-SE03
    Scenario Outline: A vehicle that remembers <what>
      When the EVCC sends SessionSetupReq with
        | Header.SessionID | "<id>" |
      Then the answer is SessionSetupRes with
        | ResponseCode     | OK_NewSessionEstablished |
        | Header.SessionID | not <id>                 |
        | EVSEID           | any                      |

      Examples: ids that this station never gave
        | what                 | id               |
        | a session elsewhere  | 0123456789ABCDEF |
        | the greatest of ids  | FFFFFFFFFFFFFFFF |
        | an id of one octet   | 0A               |
