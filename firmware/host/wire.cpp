#include "wire.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bench {
namespace {

constexpr double generator_volts = 12, generator_ohms = 1000, diode_volts = 0.7;

}  // namespace

uint16_t millivolts(double volts) {
  const double reading = std::round(cp::Scale{}.full * (volts / 24 + 0.5));
  return std::isfinite(reading) ? static_cast<uint16_t>(std::clamp(reading, 0.0, 3300.0)) : 3300;
}

void Wire::car(char load) {
  forced_.reset();
  switch (load) {
    case 'B': load_ohms_ = 2740; break;
    case 'C': load_ohms_ = 882; break;
    case 'D': load_ohms_ = 246; break;
    default: load_ohms_.reset();
  }
}

Levels Wire::levels(const cp::Output& output) const {
  if (forced_) return *forced_;
  if (output.line == cp::Line::Zero) return {0, 0};
  const double loaded = load_ohms_ ? generator_volts - (generator_volts - diode_volts) / (generator_ohms + *load_ohms_) * generator_ohms
                                   : generator_volts;
  return {loaded, -generator_volts};
}

std::vector<uint16_t> Wire::sample(const cp::Output& output, const cp::BurstPlan& plan) {
  if (!queued_.empty()) return std::exchange(queued_, {});
  std::vector<uint16_t> samples(plan.samples, 0);
  if (dead_) return samples;
  const Levels volts = levels(output);
  const double period_us = 1e6 / output.hz;
  for (size_t i = 0; i < samples.size(); ++i) {
    const double phase = std::fmod(plan.lead_us + static_cast<double>(i) * plan.gap_us, period_us) / period_us;
    const bool low = output.line == cp::Line::Low || (output.line == cp::Line::Oscillating && phase * 100 >= output.duty);
    samples[i] = millivolts(low ? volts.low : volts.high);
  }
  return samples;
}

}  // namespace bench
