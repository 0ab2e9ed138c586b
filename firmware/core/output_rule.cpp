#include "output_rule.hpp"

namespace cp {

std::string_view name(Drive drive) {
  constexpr std::string_view names[] = {"auto", "x1", "x2", "e", "f"};
  return names[static_cast<int>(drive)];
}

Output OutputRule::oscillation(double duty) const {
  if (duty >= 100) return {Line::High, 100, hz_};
  if (duty <= 0) return {Line::Low, 0, hz_};
  return {Line::Oscillating, duty, hz_};
}

Output OutputRule::decide(State state, Ms now) const {
  const Output asked = ask(state);
  return asked.line == Line::Oscillating && now < hint_until_ ? oscillation(100) : asked;
}

Output OutputRule::ask(State state) const {
  if (mode_ == Mode::Manual) return oscillation(enabled_ ? manual_duty_ : 100);
  switch (drive_) {
    case Drive::X1: return oscillation(100);
    case Drive::X2: return oscillation(driven_duty_);
    case Drive::E: return {Line::Zero, 0, hz_};
    case Drive::F: return {Line::Low, 0, hz_};
    case Drive::Auto: break;
  }
  return automatic(state);
}

void OutputRule::set_mode(Mode mode) {
  mode_ = mode;
  drive_ = Drive::Auto;
  hint_until_ = 0;
}

void OutputRule::set_drive(Drive drive, double duty) {
  drive_ = drive;
  driven_duty_ = duty;
  hint_until_ = 0;
}

void OutputRule::set_pwm(double duty, bool enabled) {
  manual_duty_ = duty;
  enabled_ = enabled;
}

void OutputRule::hint(Ms now, Ms length) {
  if (mode_ == Mode::Manual) set_mode(Mode::Dc);
  hint_until_ = now + length;
}

bool OutputRule::lapse(Ms now) {
  const bool driven = drive_ == Drive::X2 || drive_ == Drive::E || drive_ == Drive::F;
  if (!driven || now - heard_ < host_silence) return false;
  set_drive(Drive::X1, 100);
  return true;
}

double OutputRule::duty(State state) const { return mode_ == Mode::Manual ? manual_duty_ : ask(state).duty; }

bool OutputRule::enabled(State state) const {
  return mode_ == Mode::Manual ? enabled_ : ask(state).line == Line::Oscillating;
}

}  // namespace cp
