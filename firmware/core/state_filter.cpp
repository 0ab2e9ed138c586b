#include "state_filter.hpp"

namespace cp {
namespace {

/// A line that has not been in its state for so many bursts has left it, however restless it is.
constexpr int restless = 8;

}  // namespace

int bursts_needed(State from, State to, bool well_inside, bool narrow, bool contactor_closed) {
  if (contactor_closed) {
    // A lost car or pilot must not wait (IEC 61851-23: 5 A within 30 ms) ...
    if (!connected(to)) return 1;
    // ... but a flap between C and B that is shorter than 50 ms is no wish to stop: six bursts, 10 ms apart.
    if (charging(from) && to == State::B) return 6;
  }
  // A single very low plateau, or a single jump to A, is noise.
  if (connected(from) && !connected(to)) return well_inside ? 2 : 3;
  if (well_inside) return 1;
  return narrow ? 2 : 3;
}

bool StateFilter::feed(const Plateaus& burst, const Thresholds& thresholds, bool contactor_closed) {
  last_ = burst;
  history_[next_] = burst.high;
  next_ = (next_ + 1) % remembered;
  if (filled_ < remembered) ++filled_;

  if (!known_) {
    known_ = true;
    state_ = classify(burst.high, State::F, thresholds);
    return true;
  }
  const State to = classify(burst.high, state_, thresholds);
  if (to == state_) {
    seen_ = away_ = 0;
    return false;
  }
  seen_ = to == candidate_ && seen_ > 0 ? seen_ + 1 : 1;
  candidate_ = to;
  ++away_;
  const bool inside = well_inside(burst.high, to, thresholds);
  if (seen_ < bursts_needed(state_, to, inside, burst.narrow, contactor_closed) && away_ < restless) return false;
  state_ = to;
  seen_ = away_ = 0;
  return true;
}

int StateFilter::robust() const {
  int first = 0, second = 0;
  for (int i = 0; i < filled_; ++i) {
    const int value = history_[i];
    if (value >= first) {
      second = first;
      first = value;
    } else if (value > second) {
      second = value;
    }
  }
  return filled_ < 2 ? first : (first + second + 1) / 2;
}

}  // namespace cp
