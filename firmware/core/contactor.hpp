#pragma once
#include <string_view>

#include "types.hpp"

namespace cp {

constexpr Ms arm_time = 1500;
/// Without `sys.ping` for this long a closed contactor is opened.
constexpr Ms ping_silence = 1500;
/// The auxiliary contact must agree with the coil after this long.
constexpr Ms aux_time = 100;

/// Why the contactor was last moved.
enum class Cause : uint8_t { Start, Command, KeepAlive, Pilot, Aux };
std::string_view name(Cause cause);

/// Arming, keep-alive and supervision of the auxiliary contact. Nothing here waits: `poll` is told the time.
class Contactor {
 public:
  enum class Refusal : uint8_t { None, NotArmed, NotCharging, Busy };
  enum class Outcome : uint8_t { None, Moved, Mismatch };

  void arm(Ms now) { armed_until_ = now + arm_time; armed_ = true; }
  Ms armed_until() const { return armed_until_; }
  void pinged(Ms now) { pinged_ = now; }

  /// Closes or opens; a closing one needs an armed contactor and a car in C or D.
  Refusal command(bool closed, State state, Ms now);
  /// Opens at once and disarms. True when it had been closed.
  bool open(Cause cause, Ms now);

  /// Compares with the auxiliary contact: once after each move, and again when they part later.
  Outcome poll(bool aux, Ms now);
  bool keep_alive_lost(Ms now) const { return closed_ && now - pinged_ >= ping_silence; }

  bool closed() const { return closed_; }
  bool moving() const { return moving_; }
  Ms moved_at() const { return moved_at_; }
  Ms silence(Ms now) const { return now - pinged_; }
  Cause cause() const { return cause_; }

 private:
  bool closed_ = false;
  bool moving_ = false;
  bool armed_ = false;
  bool told_mismatch_ = false;
  Cause cause_ = Cause::Start;
  Ms armed_until_ = 0;
  Ms pinged_ = 0;
  Ms moved_at_ = 0;
  Ms agreed_at_ = 0;

  void move(bool closed, Cause cause, Ms now);
};

}  // namespace cp
