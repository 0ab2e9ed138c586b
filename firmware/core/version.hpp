#pragma once

namespace cp {

constexpr const char* firmware_version = "ccs-hil-cp 1.1.0";
/// 1 is the protocol without `cp.drive`, time stamps and negative plateau.
constexpr int protocol_version = 2;

}  // namespace cp
