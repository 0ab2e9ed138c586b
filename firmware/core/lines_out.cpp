#include "helper.hpp"

namespace cp {

bool Helper::send(const JsonWriter& line) {
  const bool sent = line.fits() && io_.send(line.data(), line.size());
  if (!sent) ++dropped_;
  return sent;
}

void Helper::send_error(std::string_view message, std::string_view detail) {
  char text[64];
  size_t size = 0;
  for (const std::string_view part : {message, detail}) {
    for (const char c : part) {
      if (size < sizeof text) text[size++] = c;
    }
  }
  JsonWriter line;
  line.open().text("type", "error").text("msg", {text, size}).close();
  send(line);
}

JsonWriter Helper::event(std::string_view method, Ms now) const {
  JsonWriter line;
  line.open().text("type", "evt").whole("ts", static_cast<int64_t>(now)).whole("id", 0).text("method", method);
  line.open("result");
  return line;
}

JsonWriter Helper::result(int64_t id, Ms now) const {
  JsonWriter line;
  line.open().text("type", "res").whole("id", id).whole("ts", static_cast<int64_t>(now)).open("result");
  return line;
}

void Helper::finish(JsonWriter& line) {
  line.close().close();
  send(line);
}

void Helper::refuse(int64_t id, int code, std::string_view message, Ms now) {
  JsonWriter line;
  line.open().text("type", "res").whole("id", id).whole("ts", static_cast<int64_t>(now)).open("error");
  line.whole("code", code).text("message", message);
  finish(line);
}

/// The car's diode keeps the negative half at −12 V; a plateau above −11 V says that it does not (IEC 61851-1).
std::string_view Helper::diode() const {
  if (!connected(filter_.state()) || measured_line_ != Line::Oscillating) return "unknown";
  return scale_.volts(filter_.last().low) <= -11 ? "ok" : "missing";
}

void Helper::send_status(Ms now) {
  status_owed_ = false;
  status_at_ = now;
  told_ = filter_.last();
  const State state = filter_.state();
  const Plateaus& last = filter_.last();
  JsonWriter line;
  line.open().text("type", "status").whole("ts", static_cast<int64_t>(now));
  line.whole("cp_mv", last.high).whole("cp_mv_robust", filter_.robust()).whole("cp_low_mv", last.low);
  line.character("state", letter(state)).text("mode", name(rule_.mode())).text("drive", name(rule_.drive()));
  line.open("pwm").truth("enabled", rule_.enabled(state)).number("duty", rule_.duty(state), 2);
  line.whole("hz", rule_.hz()).number("out", output_.duty, 2).close();
  line.open("thresh");
  constexpr std::string_view names[] = {"t12", "t9", "t6", "t3", "t0"};
  for (int i = 0; i < 5; ++i) line.whole(names[i], thresholds_.border[i]);
  line.whole("hys", thresholds_.hys).whole("hys_ab", thresholds_.hys_ab).close();
  write_volts(line);
  line.text("diode", diode()).truth("contactor", contactor_.closed());
  line.whole("bad_lines", bad_lines()).whole("tx_dropped", dropped_).close();
  if (send(line)) return;
  status_owed_ = true;
  status_retry_at_ = now + 10;
}

void Helper::write_volts(JsonWriter& line) const {
  const Plateaus& last = filter_.last();
  line.open("cp_v").number("high", scale_.volts(last.high), 2).number("low", scale_.volts(last.low), 2).close();
}

void Helper::write_temperatures(JsonWriter& line) {
  const Temperatures celsius = hardware_ ? io_.temperatures() : simulated_.temperatures();
  line.open("temps").open("gun_a").number("c", celsius.gun_a, 1).close();
  line.open("gun_b").number("c", celsius.gun_b, 1).close().close();
}

void Helper::write_meter(JsonWriter& line) {
  const Meter meter = hardware_ ? io_.meter() : simulated_.meter();
  line.number("v", meter.volts, 2).number("i", meter.amperes, 2).number("p", meter.watts, 1);
  line.number("e", meter.watt_hours, 2);
}

}  // namespace cp
