#pragma once
#include <optional>
#include <vector>

#include "../core/helper.hpp"

namespace bench {

/// Volts of the wire while the generator stands high, and while it stands low.
struct Levels {
  double high, low;
};

/// A pilot wire as the helper's ADC sees it: a car behind 1 kΩ and a diode, or levels that somebody else works out.
class Wire {
 public:
  /// 'B', 'C' or 'D'; anything else is no car.
  void car(char load);
  void force(Levels levels) { forced_ = levels; }
  /// Nothing measures any more: the ADC reads 0 mV.
  void kill() { dead_ = true; }
  void revive() { dead_ = false; }
  /// The next burst is these millivolts, whatever stands on the wire.
  void next_burst(std::vector<uint16_t> millivolts) { queued_ = std::move(millivolts); }

  std::vector<uint16_t> sample(const cp::Output& output, const cp::BurstPlan& plan);

 private:
  Levels levels(const cp::Output& output) const;

  std::optional<double> load_ohms_;
  std::optional<Levels> forced_;
  bool dead_ = false;
  std::vector<uint16_t> queued_;
};

/// Millivolts that the nominal front end makes of a voltage on the wire.
uint16_t millivolts(double volts);

}  // namespace bench
