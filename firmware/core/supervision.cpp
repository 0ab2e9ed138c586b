#include "helper.hpp"

namespace cp {

/// The state has changed: first what is dangerous, then the shortest line that tells it, then the status.
void Helper::follow_pilot(State before, Ms now) {
  const State state = filter_.state();
  const bool opened = !charging(state) && force_open(Cause::Pilot, now);
  JsonWriter line = event("evt:cp.state", now);
  line.character("state", letter(state)).character("from", letter(before));
  write_volts(line);
  finish(line);
  if (opened) {
    JsonWriter failsafe = event("evt:failsafe.pilot", now);
    failsafe.truth("contactor", false).character("state", letter(state));
    finish(failsafe);
  }
  status_owed_ = true;
}

void Helper::move_coil(bool closed, Ms now) {
  if (hardware_) {
    io_.coil(closed);
  } else {
    simulated_.coil(closed, now);
  }
  status_owed_ = true;
}

bool Helper::force_open(Cause cause, Ms now) {
  if (!contactor_.open(cause, now)) return false;
  move_coil(false, now);
  // Whoever still waits for it to close must not be told that it has moved.
  if (pending_) refuse(pending_id_, 1006, "forced_open", now);
  pending_ = false;
  return true;
}

void Helper::supervise_contactor(Ms now) {
  if (contactor_.keep_alive_lost(now)) {
    const Ms silent = contactor_.silence(now);
    force_open(Cause::KeepAlive, now);
    JsonWriter line = event("evt:failsafe.keepalive", now);
    line.truth("contactor", false).whole("silent_ms", static_cast<int64_t>(silent));
    finish(line);
  }
  settle_request(contactor_.poll(aux(now), now), now);
}

void Helper::settle_request(Contactor::Outcome outcome, Ms now) {
  if (outcome == Contactor::Outcome::None) return;
  const bool mismatch = outcome == Contactor::Outcome::Mismatch;
  const Ms took = now - contactor_.moved_at();
  if (pending_) {
    pending_ = false;
    if (mismatch) {
      refuse(pending_id_, 1002, "aux_mismatch", now);
    } else {
      JsonWriter line = result(pending_id_, now);
      line.truth("ok", true).truth("aux_ok", true).whole("took_ms", static_cast<int64_t>(took));
      finish(line);
    }
  }
  if (mismatch) {
    JsonWriter line = event("evt:failsafe.aux", now);
    line.truth("commanded", contactor_.closed()).truth("aux", aux(now));
    force_open(Cause::Aux, now);
    finish(line);
  }
  status_owed_ = true;
}

void Helper::apply_output(Ms now) {
  const Output wanted = rule_.decide(filter_.state(), now);
  if (wanted == output_) return;
  output_ = wanted;
  io_.drive(output_);
  status_owed_ = true;
}

void Helper::stream(Ms now) {
  if (temps_.due(now)) {
    JsonWriter line = event("evt:temps.tick", now);
    write_temperatures(line);
    finish(line);
  }
  if (meter_.due(now)) {
    JsonWriter line = event("evt:meter.tick", now);
    write_meter(line);
    finish(line);
  }
}

}  // namespace cp
