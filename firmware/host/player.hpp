#pragma once
#include <cstdio>
#include <memory>

#include "rig.hpp"

namespace bench {

/// Plays a script on a rig in virtual time, one millisecond a step.
class Player {
 public:
  /// A new helper, at time 0.
  void start();
  /// Passes time up to `t`, then applies the stimuli of the line; the step of `t` itself comes after them. Answers what is wrong, or "".
  std::string play(const cp::JsonObject& line);
  cp::Ms now() const { return next_; }
  Rig& rig() { return *rig_; }

  std::function<void(cp::Ms, std::string_view)> on_line = [](cp::Ms, std::string_view) {};
  std::function<void(cp::Ms, std::string_view)> on_pins = [](cp::Ms, std::string_view) {};

 private:
  std::unique_ptr<Rig> rig_;
  std::string pins_;
  /// First millisecond that has not been stepped.
  cp::Ms next_ = 0;
};

/// Plays the script `in`, one JSON object a line: `scenario` starts a new helper, any other has `t` in milliseconds, not in the past, and
/// stimuli. Writes `{"t":…,"line":…}` for each line of the helper and `{"t":…,"pins":…}` for each change of its pins. Answers the exit status.
int replay(std::FILE* in, std::FILE* out);

}  // namespace bench
