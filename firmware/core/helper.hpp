#pragma once
#include "contactor.hpp"
#include "io.hpp"
#include "json.hpp"
#include "json_writer.hpp"
#include "line_buffer.hpp"
#include "output_rule.hpp"
#include "peripherals.hpp"
#include "state_filter.hpp"

namespace cp {

constexpr Ms status_period = 200;
/// Plateaus that have moved by a volt are told sooner, but not so often that the line is full of it.
constexpr Ms moved_period = 60;
constexpr int moved_millivolts = 100;

/// A measurement that is told again and again, in a period that the host may choose.
struct Stream {
  static constexpr Ms shortest = 20, longest = 1000;

  bool running = false;
  Ms period = longest;
  Ms told_at = 0;

  /// True when the next one is to be told. Those that are late are left out: they would only say the same again.
  bool due(Ms now) {
    if (!running || now - told_at < period) return false;
    told_at += (now - told_at) / period * period;
    return true;
  }
};

/// How the next burst is to be taken.
struct BurstPlan {
  size_t samples;
  /// Time between samples, and before the first one, so that bursts do not run with the oscillator.
  uint32_t gap_us;
  uint32_t lead_us;
};

/// The whole helper, but for pins and time. Call `receive` with what comes in, `measured` after each burst that `due` asks for, and
/// `tick` at least every few milliseconds. Nothing waits and nothing takes memory.
class Helper {
 public:
  Helper(Io& io, const Board& board) : io_(io), board_(board), hardware_(board.peripherals) {}

  /// Holds the line high, before the first measurement.
  void begin(Ms now);
  void receive(const char* bytes, size_t count, Ms now);
  bool due(Ms now) const { return !measured_once_ || now - burst_at_ >= burst_period(); }
  BurstPlan plan();
  void measured(const uint16_t* millivolts, size_t count, Ms now);
  void tick(Ms now);

  State state() const { return filter_.state(); }
  const Contactor& contactor() const { return contactor_; }
  uint32_t bad_lines() const { return bad_lines_ + lines_.too_long(); }

 private:
  Ms burst_period() const;
  bool status_due(Ms now) const;

  // What happens by itself: supervision.cpp
  void follow_pilot(State before, Ms now);
  void supervise_contactor(Ms now);
  void apply_output(Ms now);
  void move_coil(bool closed, Ms now);
  bool force_open(Cause cause, Ms now);
  void settle_request(Contactor::Outcome outcome, Ms now);
  void stream(Ms now);

  // Lines that go out: lines_out.cpp
  bool send(const JsonWriter& line);
  void send_status(Ms now);
  void send_error(std::string_view message, std::string_view detail = {});
  JsonWriter event(std::string_view method, Ms now) const;
  void finish(JsonWriter& line);
  JsonWriter result(int64_t id, Ms now) const;
  void refuse(int64_t id, int code, std::string_view message, Ms now);
  void write_volts(JsonWriter& line) const;
  void write_temperatures(JsonWriter& line);
  void write_meter(JsonWriter& line);
  std::string_view diode() const;

  void handle_line(char* text, size_t size, Ms now);

  // Pilot commands: pilot_commands.cpp
  struct Command;
  static const Command commands_[];
  void handle_command(std::string_view command, const JsonObject& line, Ms now);
  void ping(const JsonObject& line, Ms now);
  void get_status(const JsonObject& line, Ms now);
  void set_mode(const JsonObject& line, Ms now);
  void set_pwm(const JsonObject& line, Ms now);
  void enable_pwm(const JsonObject& line, Ms now);
  void set_frequency(const JsonObject& line, Ms now);
  void set_thresholds(const JsonObject& line, Ms now);
  void calibrate(const JsonObject& line, Ms now);
  void scan(const JsonObject& line, Ms now);
  void drive(const JsonObject& line, Ms now);
  void restart_hint(const JsonObject& line, Ms now);
  void reset(const JsonObject& line, Ms now);

  // Requests: requests.cpp
  struct Method;
  static const Method methods_[];
  void handle_request(const JsonObject& line, Ms now);
  void sys_ping(int64_t id, const JsonObject& params, Ms now);
  void sys_info(int64_t id, const JsonObject& params, Ms now);
  void sys_arm(int64_t id, const JsonObject& params, Ms now);
  void sys_set_mode(int64_t id, const JsonObject& params, Ms now);
  void contactor_set(int64_t id, const JsonObject& params, Ms now);
  void contactor_check(int64_t id, const JsonObject& params, Ms now);
  void temps_read(int64_t id, const JsonObject& params, Ms now);
  void temps_start(int64_t id, const JsonObject& params, Ms now);
  void temps_stop(int64_t id, const JsonObject& params, Ms now);
  void start(Stream& stream, int64_t id, const JsonObject& params, Ms now);
  void stop(Stream& stream, int64_t id, Ms now);
  void meter_read(int64_t id, const JsonObject& params, Ms now);
  void meter_start(int64_t id, const JsonObject& params, Ms now);
  void meter_stop(int64_t id, const JsonObject& params, Ms now);

  bool aux(Ms now) { return hardware_ ? io_.aux() : simulated_.aux(now); }

  Io& io_;
  const Board board_;
  /// Contactor, temperatures and meter are the board's own, not simulated.
  bool hardware_;
  SimulatedPeripherals simulated_;
  LineBuffer lines_;
  Thresholds thresholds_;
  Scale scale_;
  StateFilter filter_;
  OutputRule rule_;
  Contactor contactor_;
  Output output_;
  bool measured_once_ = false;
  /// What stood on the line during the last burst.
  Line measured_line_ = Line::High;
  Ms burst_at_ = 0;
  uint32_t bursts_ = 0;
  /// A status is owed for something that has just changed.
  bool status_owed_ = false;
  Ms status_at_ = 0;
  /// Plateaus of the last status.
  Plateaus told_;
  /// A status for which there was no room is tried again then.
  Ms status_retry_at_ = 0;
  /// The `contactor.set` that waits for its auxiliary contact.
  bool pending_ = false;
  int64_t pending_id_ = 0;
  Stream temps_;
  Stream meter_;
  uint32_t bad_lines_ = 0;
  uint32_t dropped_ = 0;
};

}  // namespace cp
