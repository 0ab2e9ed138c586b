#include "helper.hpp"

#include "version.hpp"

namespace cp {

void Helper::begin(Ms now) {
  output_ = {};
  io_.drive(output_);
  io_.coil(false);
  rule_.heard(now);
  status_at_ = now;
  JsonWriter line = event("evt:boot", now);
  line.text("fw", firmware_version).whole("proto", protocol_version);
  finish(line);
}

void Helper::receive(const char* bytes, size_t count, Ms now) {
  for (size_t i = 0; i < count; ++i) {
    if (lines_.feed(bytes[i])) handle_line(lines_.text(), lines_.size(), now);
  }
  apply_output(now);
}

void Helper::handle_line(char* text, size_t size, Ms now) {
  JsonObject line;
  if (const char* why = line.parse(text, size)) {
    ++bad_lines_;
    send_error("bad_json:", why);
    return;
  }
  const JsonValue* command = line.find("cmd");
  const JsonValue* type = line.find("type");
  if (command && command->type == JsonType::String) {
    handle_command(command->text, line, now);
  } else if (type && type->is("req")) {
    handle_request(line, now);
  } else {
    ++bad_lines_;
    send_error("missing_cmd");
  }
}

Ms Helper::burst_period() const {
  // With power on the line, a lost pilot is looked for twice as often.
  return contactor_.closed() ? 10 : 20;
}

BurstPlan Helper::plan() {
  ++bursts_;
  const size_t samples = connected(filter_.state()) || output_.line == Line::Oscillating ? longest_burst : 128;
  return {samples, 6 + bursts_ % 5, bursts_ * 37 % 1000};
}

void Helper::measured(const uint16_t* millivolts, size_t count, Ms now) {
  burst_at_ = now;
  measured_once_ = true;
  // What was told when the line was changed had been measured before: a host that looks for the diode waits for this one.
  if (measured_line_ != output_.line) status_owed_ = true;
  measured_line_ = output_.line;
  const State before = filter_.state();
  const bool known = filter_.known();
  if (!filter_.feed(plateaus(millivolts, count), thresholds_, contactor_.closed())) return;
  if (known) {
    follow_pilot(before, now);
  } else {
    status_owed_ = true;
  }
  tick(now);
}

bool Helper::status_due(Ms now) const {
  if (!filter_.known() || now < status_retry_at_) return false;
  const Plateaus& last = filter_.last();
  const auto moved = [](int a, int b) { return a - b >= moved_millivolts || b - a >= moved_millivolts; };
  const Ms since = now - status_at_;
  if (since >= moved_period && (moved(last.high, told_.high) || moved(last.low, told_.low))) return true;
  return status_owed_ || since >= status_period;
}

void Helper::tick(Ms now) {
  supervise_contactor(now);
  if (rule_.lapse(now)) {
    JsonWriter line = event("evt:failsafe.host", now);
    line.text("drive", "x1").whole("silent_ms", static_cast<int64_t>(host_silence));
    finish(line);
    status_owed_ = true;
  }
  apply_output(now);
  stream(now);
  if (status_due(now)) send_status(now);
}

}  // namespace cp
