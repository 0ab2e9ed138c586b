#pragma once
#include "types.hpp"

namespace cp {

/// Levels of one burst in millivolts at the ADC. A line that does not oscillate has both alike.
struct Plateaus {
  uint16_t high = 0;
  uint16_t low = 0;
  /// The samples of the upper plateau lie close together.
  bool narrow = false;
};

constexpr size_t longest_burst = 384;

/// Finds both plateaus of a burst, the upper one even when it is only one sample in twenty.
Plateaus plateaus(const uint16_t* millivolts, size_t count);

}  // namespace cp
