#pragma once
#include <string_view>

#include "types.hpp"

namespace cp {

enum class Mode : uint8_t { Dc, Manual };
enum class Drive : uint8_t { Auto, X1, X2, E, F };

constexpr std::string_view name(Mode mode) { return mode == Mode::Dc ? "dc" : "manual"; }
std::string_view name(Drive drive);

/// Without a line from the host for this long, a line that the host drives goes back to X1.
constexpr Ms host_silence = 1500;

/// Decides what stands on the line.
class OutputRule {
 public:
  Output decide(State state, Ms now) const;

  void set_mode(Mode mode);
  /// `duty` in percent counts for X2 only.
  void set_drive(Drive drive, double duty);
  void set_pwm(double duty, bool enabled);
  void enable_pwm(bool enabled) { enabled_ = enabled; }
  void set_frequency(int hz) { hz_ = hz; }
  /// Leaves the oscillation for X1 for a while, then goes on in dc mode.
  void hint(Ms now, Ms length);

  /// The host was heard.
  void heard(Ms now) { heard_ = now; }
  /// True once when a driven line has lost its host; it stands at X1 from then on.
  bool lapse(Ms now);

  Mode mode() const { return mode_; }
  Drive drive() const { return drive_; }
  int hz() const { return hz_; }
  /// Requested in manual mode, else what the rule asks for.
  double duty(State state) const;
  bool enabled(State state) const;

 private:
  Output ask(State state) const;
  Output oscillation(double duty) const;
  Output automatic(State state) const { return oscillation(connected(state) ? dc_duty : 100); }

  /// The duty cycle that announces high-level communication (IEC 61851-1).
  static constexpr double dc_duty = 5;

  Mode mode_ = Mode::Dc;
  Drive drive_ = Drive::Auto;
  double driven_duty_ = dc_duty;
  double manual_duty_ = 100;
  bool enabled_ = false;
  int hz_ = 1000;
  Ms hint_until_ = 0;
  Ms heard_ = 0;
};

}  // namespace cp
