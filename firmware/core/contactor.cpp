#include "contactor.hpp"

namespace cp {

std::string_view name(Cause cause) {
  constexpr std::string_view names[] = {"start", "command", "keepalive", "pilot", "aux"};
  return names[static_cast<int>(cause)];
}

void Contactor::move(bool closed, Cause cause, Ms now) {
  closed_ = closed;
  cause_ = cause;
  moving_ = true;
  told_mismatch_ = false;
  moved_at_ = agreed_at_ = now;
}

Contactor::Refusal Contactor::command(bool closed, State state, Ms now) {
  if (!closed) {
    armed_ = false;
    move(false, Cause::Command, now);
    return Refusal::None;
  }
  if (!armed_ || now >= armed_until_) return Refusal::NotArmed;
  if (!charging(state)) return Refusal::NotCharging;
  if (moving_) return Refusal::Busy;
  // Whoever closes it is there now; from here on the pings count.
  pinged_ = now;
  move(true, Cause::Command, now);
  return Refusal::None;
}

bool Contactor::open(Cause cause, Ms now) {
  armed_ = false;
  if (!closed_) return false;
  move(false, cause, now);
  return true;
}

Contactor::Outcome Contactor::poll(bool aux, Ms now) {
  if (aux == closed_) {
    agreed_at_ = now;
    told_mismatch_ = false;
    if (!moving_) return Outcome::None;
    moving_ = false;
    return Outcome::Moved;
  }
  if (told_mismatch_ || now - agreed_at_ < aux_time) return Outcome::None;
  told_mismatch_ = true;
  moving_ = false;
  return Outcome::Mismatch;
}

}  // namespace cp
