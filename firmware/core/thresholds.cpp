#include "thresholds.hpp"

namespace cp {

bool Thresholds::valid() const {
  if (hys < 0 || hys_ab < 0 || border[0] >= over_range || border[4] <= 0) return false;
  for (int i = 1; i < 5; ++i) {
    if (border[i - 1] - half(i - 1) <= border[i] + half(i)) return false;
  }
  return true;
}

State classify(int millivolts, State last, const Thresholds& thresholds) {
  if (millivolts >= over_range) return State::F;
  const int from = static_cast<int>(last);
  int below = 0;
  for (int i = 0; i < 5; ++i) {
    const int shift = i < from ? thresholds.half(i) : -thresholds.half(i);
    if (millivolts < thresholds.border[i] + shift) ++below;
  }
  return static_cast<State>(below);
}

bool well_inside(int millivolts, State state, const Thresholds& thresholds) {
  if (millivolts >= over_range) return state == State::F;
  const int i = static_cast<int>(state);
  const bool above = i == 5 || millivolts >= thresholds.border[i] + thresholds.half(i);
  const bool beneath = i == 0 || millivolts < thresholds.border[i - 1] - thresholds.half(i - 1);
  return above && beneath;
}

Thresholds Scale::thresholds() const {
  Thresholds scaled;
  const auto stretch = [this](int millivolts) { return (millivolts * full + Scale{}.full / 2) / Scale{}.full; };
  for (int& border : scaled.border) border = stretch(border);
  scaled.hys = stretch(scaled.hys);
  scaled.hys_ab = stretch(scaled.hys_ab);
  return scaled;
}

}  // namespace cp
