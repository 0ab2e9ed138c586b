#pragma once
#include "plateau.hpp"
#include "thresholds.hpp"

namespace cp {

/// Bursts in a row that a new state needs before it is believed.
int bursts_needed(State from, State to, bool well_inside, bool narrow, bool contactor_closed);

/// From the plateaus of successive bursts to a state.
class StateFilter {
 public:
  /// Takes in one burst; true when the state has changed. The first burst is believed as it is.
  bool feed(const Plateaus& burst, const Thresholds& thresholds, bool contactor_closed);

  bool known() const { return known_; }
  State state() const { return state_; }
  const Plateaus& last() const { return last_; }
  /// Mean of the two highest of the last six upper plateaus, millivolts.
  int robust() const;

 private:
  static constexpr int remembered = 6;

  bool known_ = false;
  State state_ = State::F;
  State candidate_ = State::F;
  int seen_ = 0;
  /// Bursts in a row that were not the present state, alike or not.
  int away_ = 0;
  Plateaus last_;
  uint16_t history_[remembered] = {};
  int next_ = 0;
  int filled_ = 0;
};

}  // namespace cp
