#pragma once
#include <cstddef>
#include <cstdint>

namespace cp {

/// Milliseconds since the helper started; 64 bits, so that it never wraps.
using Ms = uint64_t;

/// IEC 61851-1 pilot states, from the highest plateau to the lowest.
enum class State : uint8_t { A, B, C, D, E, F };

constexpr char letter(State state) { return "ABCDEF"[static_cast<int>(state)]; }
/// A car is there and its loop is closed.
constexpr bool connected(State state) { return state >= State::B && state <= State::D; }
/// The car asks for power.
constexpr bool charging(State state) { return state == State::C || state == State::D; }

/// What stands on the generator side of the 1 kΩ: +12 V, an oscillation, 0 V or −12 V.
enum class Line : uint8_t { High, Oscillating, Zero, Low };

struct Output {
  Line line = Line::High;
  /// Percent; 100 for High, 0 for Zero and Low.
  double duty = 100;
  int hz = 1000;

  bool operator==(const Output& other) const { return line == other.line && duty == other.duty && hz == other.hz; }
};

}  // namespace cp
