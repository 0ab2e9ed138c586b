#pragma once
#include "io.hpp"

namespace cp {

/// What a board without contactor, sensors and meter answers: a contactor that follows, cool contacts, no energy.
class SimulatedPeripherals {
 public:
  void coil(bool closed, Ms now) {
    if (closed == closed_) return;
    closed_ = closed;
    arrives_at_ = now + travel;
  }
  bool aux(Ms now) const { return now >= arrives_at_ ? closed_ : !closed_; }
  int coil_milliamperes() const { return closed_ ? 150 : 0; }
  Temperatures temperatures() const { return {25, 25}; }
  Meter meter() const { return {0, 0, 0, 0}; }

 private:
  static constexpr Ms travel = 20;
  bool closed_ = false;
  Ms arrives_at_ = 0;
};

}  // namespace cp
