#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "wire.hpp"

namespace bench {

enum class Aux : uint8_t { Follows, Stuck, Welded };

/// The helper with simulated pins. Time is whatever the caller says it is.
class Rig : public cp::Io {
 public:
  explicit Rig(const cp::Board& board = bench_board) : helper(*this, board) {}

  void begin(cp::Ms now);
  /// Measures when a burst is due, and lets the helper supervise.
  void step(cp::Ms now);
  void receive(std::string_view bytes, cp::Ms now);
  /// Applies one line of a script: `car`, `volts`, `mv`, `burst`, `aux`, `temps`, `meter`, `send` or `raw`. Answers what is wrong with it, or "".
  std::string stimulate(const cp::JsonObject& line, cp::Ms now);
  /// The pins as one JSON object.
  std::string pins() const;

  bool send(const char* line, size_t length) override;
  void drive(const cp::Output& output) override;
  void coil(bool closed) override;
  bool aux() override;
  int coil_milliamperes() override { return coil_ ? 150 : 0; }
  cp::Temperatures temperatures() override { return celsius; }
  cp::Meter meter() override { return reading; }
  double mcu_celsius() override { return 40; }
  int scan_millivolts(int pin) override { return pin == 1 ? scan_ : 0; }
  void restart() override;

  static constexpr cp::Board bench_board{"host", true, true, true};

  cp::Helper helper;
  Wire wire;
  Aux contact = Aux::Follows;
  /// A contact that somebody else reports.
  std::optional<bool> reported_aux;
  cp::Temperatures celsius{25, 25};
  cp::Meter reading{0, 0, 0, 0};
  std::function<bool(std::string_view)> on_line = [](std::string_view) { return true; };
  std::function<void()> on_pins = [] {};
  std::function<void()> on_restart = [] {};

  const cp::Output& output() const { return output_; }
  bool coil() const { return coil_; }

 private:
  static constexpr cp::Ms travel = 15;

  cp::Ms now_ = 0;
  cp::Output output_;
  bool coil_ = false;
  cp::Ms arrives_at_ = 0;
  int scan_ = 0;
};

}  // namespace bench
