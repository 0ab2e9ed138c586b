#include "rig.hpp"

#include <cstdlib>

namespace bench {
namespace {

std::vector<double> numbers(std::string_view text) {
  std::vector<double> found;
  const std::string copy(text);
  for (const char* at = copy.c_str(); *at != '\0';) {
    char* end = nullptr;
    const double value = std::strtod(at, &end);
    if (end == at) {
      ++at;
    } else {
      found.push_back(value);
      at = end;
    }
  }
  return found;
}

/// "365*100 2187*19": a hundred samples of 365 mV, then nineteen of 2187 mV.
std::vector<uint16_t> burst(std::string_view text) {
  std::vector<uint16_t> samples;
  const std::vector<double> runs = numbers(text);
  for (size_t i = 0; i + 1 < runs.size(); i += 2) {
    samples.insert(samples.end(), static_cast<size_t>(runs[i + 1]), static_cast<uint16_t>(runs[i]));
  }
  return samples;
}

const char* line_name(cp::Line line) {
  constexpr const char* names[] = {"high", "oscillating", "zero", "low"};
  return names[static_cast<int>(line)];
}

}  // namespace

void Rig::begin(cp::Ms now) {
  now_ = now;
  helper.begin(now);
}

void Rig::step(cp::Ms now) {
  now_ = now;
  if (helper.due(now)) {
    const std::vector<uint16_t> samples = wire.sample(output_, helper.plan());
    scan_ = samples.front();
    helper.measured(samples.data(), samples.size(), now);
  }
  helper.tick(now);
}

void Rig::receive(std::string_view bytes, cp::Ms now) {
  now_ = now;
  helper.receive(bytes.data(), bytes.size(), now);
}

std::string Rig::stimulate(const cp::JsonObject& line, cp::Ms now) {
  now_ = now;
  for (size_t i = 0; i < line.size(); ++i) {
    const std::string_view name = line.name(i);
    const cp::JsonValue& value = line.value(i);
    const std::vector<double> figures = value.type == cp::JsonType::Array ? numbers(value.text) : std::vector<double>{};
    if (name == "t") continue;
    if (name == "car" && value.type == cp::JsonType::String) {
      wire.car(value.text.empty() ? '-' : value.text[0]);
    } else if (name == "volts" && figures.size() == 2) {
      wire.force({figures[0], figures[1]});
    } else if (name == "mv" && value.type == cp::JsonType::Number) {
      const double volts = (value.number / cp::Scale{}.full - 0.5) * 24;
      wire.force({volts, volts});
    } else if (name == "burst" && value.type == cp::JsonType::String) {
      wire.next_burst(burst(value.text));
    } else if (name == "aux") {
      contact = value.is("stuck") ? Aux::Stuck : value.is("welded") ? Aux::Welded : Aux::Follows;
    } else if (name == "temps" && figures.size() == 2) {
      celsius = {figures[0], figures[1]};
    } else if (name == "meter" && figures.size() == 4) {
      reading = {figures[0], figures[1], figures[2], figures[3]};
    } else if (name == "send" && value.type == cp::JsonType::Object) {
      receive(std::string(value.text) + "\n", now);
    } else if (name == "raw" && value.type == cp::JsonType::String) {
      receive(value.text, now);
    } else {
      return "no such stimulus: " + std::string(name);
    }
  }
  return "";
}

std::string Rig::pins() const {
  cp::JsonWriter json;
  json.open().text("line", line_name(output_.line)).number("duty", output_.duty, 2).whole("hz", output_.hz);
  json.truth("coil", coil_).close();
  return {json.data(), json.size()};
}

bool Rig::send(const char* line, size_t length) { return on_line({line, length}); }

void Rig::drive(const cp::Output& output) {
  output_ = output;
  on_pins();
}

void Rig::coil(bool closed) {
  if (closed != coil_) arrives_at_ = now_ + travel;
  coil_ = closed;
  on_pins();
}

bool Rig::aux() {
  if (reported_aux) return *reported_aux;
  switch (contact) {
    case Aux::Stuck: return false;
    case Aux::Welded: return true;
    case Aux::Follows: break;
  }
  return now_ >= arrives_at_ ? coil_ : !coil_;
}

void Rig::restart() { on_restart(); }

}  // namespace bench
