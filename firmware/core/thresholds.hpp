#pragma once
#include "types.hpp"

namespace cp {

/// Borders between the states in millivolts at the ADC, and the width of the hysteresis around them.
struct Thresholds {
  /// A|B, B|C, C|D, D|E, E|F. The last one is half-way between 0 V and −12 V, which are states E and F (IEC 61851-1).
  int border[5] = {2400, 2000, 1700, 1450, 625};
  int hys = 150;
  int hys_ab = 100;

  /// Half of the hysteresis around border `i`.
  int half(int i) const { return (i == 0 ? hys_ab : hys) / 2; }
  /// In order, inside the range of the ADC, and further apart than the hysteresis is wide.
  bool valid() const;
};

/// Millivolts from which a reading cannot come from a healthy generator: state F, never a state with power.
constexpr int over_range = 3250;

/// The state of a plateau as seen from `last`: to leave it, a border must be passed by half of the hysteresis.
State classify(int millivolts, State last, const Thresholds& thresholds);
/// The plateau is away from both borders of its state by at least half of the hysteresis.
bool well_inside(int millivolts, State state, const Thresholds& thresholds);

/// Millivolts at the ADC for volts on the wire: a symmetric front end, −12 V reads 0 and +12 V reads `full`.
struct Scale {
  int full = 2500;

  double volts(int millivolts) const { return (millivolts - full / 2.0) * 24.0 / full; }
  /// The default borders, stretched to this scale.
  Thresholds thresholds() const;
};

/// What +12 V may read for a calibration to be believed.
constexpr int calibration_from = 2350, calibration_to = 3240;

}  // namespace cp
