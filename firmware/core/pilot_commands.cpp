#include "helper.hpp"

namespace cp {

struct Helper::Command {
  std::string_view name;
  void (Helper::*run)(const JsonObject&, Ms);
};

const Helper::Command Helper::commands_[] = {
    {"ping", &Helper::ping},
    {"get_status", &Helper::get_status},
    {"set_mode", &Helper::set_mode},
    {"set_pwm", &Helper::set_pwm},
    {"enable_pwm", &Helper::enable_pwm},
    {"set_freq", &Helper::set_frequency},
    {"cp.set_thresholds", &Helper::set_thresholds},
    {"cp.auto_cal", &Helper::calibrate},
    {"cp.scan", &Helper::scan},
    {"cp.drive", &Helper::drive},
    {"restart_slac_hint", &Helper::restart_hint},
    {"reset", &Helper::reset},
};

namespace {

bool is_number(const JsonValue* value) { return value && value->type == JsonType::Number; }
bool is_bool(const JsonValue* value) { return value && value->is_bool(); }

double clamp(double value, double from, double to) { return value < from ? from : value > to ? to : value; }

}  // namespace

void Helper::handle_command(std::string_view command, const JsonObject& line, Ms now) {
  for (const Command& known : commands_) {
    if (known.name != command) continue;
    rule_.heard(now);
    (this->*known.run)(line, now);
    return;
  }
  send_error("unknown_cmd");
}

void Helper::ping(const JsonObject&, Ms) {
  JsonWriter line;
  line.open().text("type", "pong").close();
  send(line);
}

/// Applies what was asked first, so that the status tells of it.
void Helper::get_status(const JsonObject&, Ms now) {
  apply_output(now);
  send_status(now);
}

void Helper::set_mode(const JsonObject& line, Ms now) {
  const JsonValue* mode = line.find("mode");
  if (mode && mode->is("dc")) {
    rule_.set_mode(Mode::Dc);
  } else if (mode && mode->is("manual")) {
    rule_.set_mode(Mode::Manual);
  } else {
    return send_error("bad_mode");
  }
  get_status(line, now);
}

void Helper::set_pwm(const JsonObject& line, Ms now) {
  if (rule_.mode() == Mode::Dc) return send_error("mode_dc_auto");
  const JsonValue* duty = line.find("duty");
  const JsonValue* enable = line.find("enable");
  if (!is_number(duty)) return send_error("bad_duty");
  if (enable && !enable->is_bool()) return send_error("bad_enable");
  rule_.set_pwm(clamp(duty->number, 0, 100), enable ? enable->truth() : rule_.enabled(filter_.state()));
  get_status(line, now);
}

void Helper::enable_pwm(const JsonObject& line, Ms now) {
  if (rule_.mode() == Mode::Dc) return send_error("mode_dc_auto");
  const JsonValue* enable = line.find("enable");
  if (!is_bool(enable)) return send_error("bad_enable");
  rule_.enable_pwm(enable->truth());
  get_status(line, now);
}

void Helper::set_frequency(const JsonObject& line, Ms now) {
  const JsonValue* hz = line.find("hz");
  if (!is_number(hz)) return send_error("bad_hz");
  rule_.set_frequency(static_cast<int>(clamp(hz->number, 500, 5000)));
  get_status(line, now);
}

void Helper::set_thresholds(const JsonObject& line, Ms now) {
  constexpr std::string_view names[] = {"t12", "t9", "t6", "t3", "t0", "hys", "hys_ab"};
  Thresholds wanted = thresholds_;
  int* const places[] = {&wanted.border[0], &wanted.border[1], &wanted.border[2], &wanted.border[3],
                         &wanted.border[4], &wanted.hys,       &wanted.hys_ab};
  for (size_t i = 0; i < 7; ++i) {
    const JsonValue* value = line.find(names[i]);
    if (!value) continue;
    if (!is_number(value) || value->number < 0 || value->number > over_range) return send_error("bad_thresholds");
    *places[i] = static_cast<int>(value->number);
  }
  if (!wanted.valid()) return send_error("bad_thresholds");
  thresholds_ = wanted;
  get_status(line, now);
}

/// Only a line that stands at +12 V can be calibrated against; that no car is plugged in, nobody but the user can know.
void Helper::calibrate(const JsonObject& line, Ms now) {
  const Plateaus& last = filter_.last();
  const int full = filter_.robust();
  const bool steady = output_.line == Line::High && last.high - last.low <= 100;
  if (!filter_.known() || !steady || full < calibration_from || full > calibration_to) {
    return send_error("cal_failed");
  }
  scale_.full = full;
  thresholds_ = scale_.thresholds();
  JsonWriter ok;
  ok.open().text("type", "ok").close();
  send(ok);
  get_status(line, now);
}

void Helper::scan(const JsonObject&, Ms) {
  constexpr std::string_view pins[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
  JsonWriter line;
  line.open().text("type", "res").text("cmd", "cp.scan").open("mv");
  for (int pin = 1; pin <= 10; ++pin) line.whole(pins[pin - 1], io_.scan_millivolts(pin));
  finish(line);
}

void Helper::drive(const JsonObject& line, Ms now) {
  if (rule_.mode() == Mode::Manual) return send_error("mode_manual");
  const JsonValue* out = line.find("out");
  if (!out) return send_error("bad_out");
  if (out->is("x2")) {
    const JsonValue* duty = line.find("duty");
    if (!is_number(duty) || duty->number < 0 || duty->number > 100) return send_error("bad_duty");
    rule_.set_drive(Drive::X2, duty->number);
  } else if (out->is("x1")) {
    rule_.set_drive(Drive::X1, 100);
  } else if (out->is("e")) {
    if (!board_.drives_e) return send_error("cannot_drive_e");
    rule_.set_drive(Drive::E, 0);
  } else if (out->is("f")) {
    if (!board_.drives_f) return send_error("cannot_drive_f");
    rule_.set_drive(Drive::F, 0);
  } else if (out->is("auto")) {
    rule_.set_drive(Drive::Auto, 0);
  } else {
    return send_error("bad_out");
  }
  get_status(line, now);
}

void Helper::restart_hint(const JsonObject& line, Ms now) {
  const JsonValue* length = line.find("ms");
  if (length && !is_number(length)) return send_error("bad_ms");
  // To leave the oscillation under power would tell the car to stop (IEC 61851-1, X1).
  if (contactor_.closed()) return send_error("contactor_closed");
  rule_.hint(now, static_cast<Ms>(clamp(length ? length->number : 400, 50, 2000)));
  JsonWriter ok;
  ok.open().text("type", "ok").text("cmd", "restart_slac_hint").close();
  send(ok);
}

void Helper::reset(const JsonObject&, Ms now) {
  force_open(Cause::Command, now);
  io_.coil(false);
  io_.drive({});
  JsonWriter ok;
  ok.open().text("type", "ok").text("cmd", "reset").close();
  send(ok);
  io_.restart();
}

}  // namespace cp
