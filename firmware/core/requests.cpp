#include "helper.hpp"
#include "version.hpp"

namespace cp {

struct Helper::Method {
  std::string_view name;
  void (Helper::*run)(int64_t, const JsonObject&, Ms);
};

const Helper::Method Helper::methods_[] = {
    {"sys.ping", &Helper::sys_ping},
    {"sys.info", &Helper::sys_info},
    {"sys.arm", &Helper::sys_arm},
    {"sys.set_mode", &Helper::sys_set_mode},
    {"contactor.set", &Helper::contactor_set},
    {"contactor.check", &Helper::contactor_check},
    {"temps.read", &Helper::temps_read},
    {"temps.stream_start", &Helper::temps_start},
    {"temps.stream_stop", &Helper::temps_stop},
    {"meter.read", &Helper::meter_read},
    {"meter.stream_start", &Helper::meter_start},
    {"meter.stream_stop", &Helper::meter_stop},
};

namespace {

constexpr int invalid_request = -32600, unknown_method = -32601, invalid_params = -32602;

std::string_view mode_name(bool hardware) { return hardware ? "hw" : "sim"; }

}  // namespace

void Helper::handle_request(const JsonObject& line, Ms now) {
  const JsonValue* id = line.find("id");
  const JsonValue* method = line.find("method");
  const JsonValue* params = line.find("params");
  const bool numbered = id && id->whole();
  const int64_t number = numbered ? static_cast<int64_t>(id->number) : 0;
  JsonObject arguments;
  const bool sound = !params || params->type == JsonType::Null || arguments.parse(*params);
  if (!numbered || !method || method->type != JsonType::String || !sound) {
    return refuse(number, invalid_request, "invalid_request", now);
  }
  for (const Method& known : methods_) {
    if (known.name != method->text) continue;
    rule_.heard(now);
    (this->*known.run)(number, arguments, now);
    return;
  }
  refuse(number, unknown_method, "unknown_method", now);
}

void Helper::sys_ping(int64_t id, const JsonObject&, Ms now) {
  contactor_.pinged(now);
  JsonWriter line = result(id, now);
  line.whole("up_ms", static_cast<int64_t>(now)).text("mode", mode_name(hardware_));
  line.open("temps").number("mcu", io_.mcu_celsius(), 1).close();
  finish(line);
}

void Helper::sys_info(int64_t id, const JsonObject&, Ms now) {
  JsonWriter line = result(id, now);
  line.text("fw", firmware_version).whole("proto", protocol_version).text("mode", mode_name(hardware_));
  line.text("board", board_.name).open_array("capabilities");
  for (const std::string_view always : {"cp.drive", "cp.low", "cp.auto_cal", "cp.scan"}) line.item(always);
  if (board_.drives_e) line.item("cp.drive.e");
  if (board_.drives_f) line.item("cp.drive.f");
  if (board_.peripherals) {
    for (const std::string_view wired : {"contactor", "temps", "meter"}) line.item(wired);
  }
  line.close(']');
  finish(line);
}

void Helper::sys_arm(int64_t id, const JsonObject&, Ms now) {
  contactor_.arm(now);
  JsonWriter line = result(id, now);
  line.whole("armed_until_ms", static_cast<int64_t>(contactor_.armed_until()));
  finish(line);
}

void Helper::sys_set_mode(int64_t id, const JsonObject& params, Ms now) {
  const JsonValue* mode = params.find("mode");
  const bool hardware = mode && mode->is("hw");
  if (!hardware && !(mode && mode->is("sim"))) return refuse(id, invalid_params, "bad_mode", now);
  if (hardware && !board_.peripherals) return refuse(id, 1005, "not_wired", now);
  if (contactor_.closed()) return refuse(id, 1004, "busy", now);
  hardware_ = hardware;
  JsonWriter line = result(id, now);
  line.text("mode", mode_name(hardware_));
  finish(line);
}

void Helper::contactor_set(int64_t id, const JsonObject& params, Ms now) {
  const JsonValue* on = params.find("on");
  if (!on || !on->is_bool()) return refuse(id, invalid_params, "bad_on", now);
  switch (contactor_.command(on->truth(), filter_.state(), now)) {
    case Contactor::Refusal::NotArmed: return refuse(id, 1001, "not_armed", now);
    case Contactor::Refusal::NotCharging: return refuse(id, 1003, "not_charging", now);
    case Contactor::Refusal::Busy: return refuse(id, 1004, "busy", now);
    case Contactor::Refusal::None: break;
  }
  // An opening overtakes what still waits for its answer.
  if (pending_) refuse(pending_id_, 1004, "busy", now);
  pending_ = true;
  pending_id_ = id;
  move_coil(on->truth(), now);
}

void Helper::contactor_check(int64_t id, const JsonObject&, Ms now) {
  JsonWriter line = result(id, now);
  line.truth("commanded", contactor_.closed()).truth("aux_ok", aux(now) == contactor_.closed());
  line.whole("coil_ma", hardware_ ? io_.coil_milliamperes() : simulated_.coil_milliamperes());
  line.text("reason", name(contactor_.cause()));
  finish(line);
}

void Helper::temps_read(int64_t id, const JsonObject&, Ms now) {
  JsonWriter line = result(id, now);
  write_temperatures(line);
  finish(line);
}

void Helper::temps_start(int64_t id, const JsonObject& params, Ms now) { start(temps_, id, params, now); }

void Helper::temps_stop(int64_t id, const JsonObject&, Ms now) { stop(temps_, id, now); }

void Helper::meter_read(int64_t id, const JsonObject&, Ms now) {
  JsonWriter line = result(id, now);
  write_meter(line);
  finish(line);
}

void Helper::meter_start(int64_t id, const JsonObject& params, Ms now) { start(meter_, id, params, now); }

void Helper::meter_stop(int64_t id, const JsonObject&, Ms now) { stop(meter_, id, now); }

void Helper::start(Stream& stream, int64_t id, const JsonObject& params, Ms now) {
  const JsonValue* given = params.find("period_ms");
  constexpr double shortest = Stream::shortest, longest = Stream::longest;
  const bool fits = !given || (given->type == JsonType::Number && given->number >= shortest && given->number <= longest);
  if (!fits) return refuse(id, invalid_params, "bad_period_ms", now);
  stream = {true, given ? static_cast<Ms>(given->number) : Stream::longest, now};
  JsonWriter line = result(id, now);
  finish(line.truth("streaming", true).whole("period_ms", static_cast<int64_t>(stream.period)));
}

void Helper::stop(Stream& stream, int64_t id, Ms now) {
  stream.running = false;
  JsonWriter line = result(id, now);
  finish(line.truth("streaming", false));
}

}  // namespace cp
