#include <fstream>

#include "player.hpp"
#include "check.hpp"

extern std::string vectors;

namespace {

using cp::JsonObject;
using cp::JsonType;
using cp::JsonValue;

/// Every member of `wanted` is in `measured` with the same value; objects likewise, member by member.
bool includes(const JsonValue& measured, const JsonValue& wanted) {
  if (measured.type != wanted.type) return false;
  if (wanted.type == JsonType::Number) return measured.number == wanted.number;
  if (wanted.type != JsonType::Object) return measured.text == wanted.text;
  std::string left(measured.text), right(wanted.text);
  JsonObject all, some;
  if (all.parse(left.data(), left.size()) || some.parse(right.data(), right.size())) return false;
  for (size_t i = 0; i < some.size(); ++i) {
    const JsonValue* value = all.find(some.name(i));
    if (!value || !includes(*value, some.value(i))) return false;
  }
  return true;
}

bool includes(std::string_view measured, const JsonValue& wanted) {
  JsonValue whole;
  whole.type = JsonType::Object;
  whole.text = measured;
  return includes(whole, wanted);
}

/// The lines of a file of vectors, each of which must be an object.
template <typename Use>
void each(const char* file, Use use) {
  std::ifstream in(vectors + "/" + file);
  CHECK(in.good());
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    context = std::string(file) + ":" + std::to_string(number) + ": ";
    JsonObject line;
    if (CHECK(line.parse(text.data(), text.size()) == nullptr)) use(line);
  }
}

std::vector<int> whole_numbers(std::string_view list) {
  std::vector<int> found;
  std::istringstream in{std::string(list.substr(1))};
  char comma = 0;
  for (int value; in >> value; in >> comma) found.push_back(value);
  return found;
}

/// What a scenario has seen so far, and how much of it its expectations have used up.
class Scenario {
 public:
  Scenario() {
    player_.on_line = [this](cp::Ms, std::string_view line) { lines_.emplace_back(line); };
    player_.on_pins = [this](cp::Ms, std::string_view pins) { pins_ = pins; };
  }

  void start() {
    lines_.clear();
    used_ = 0;
    player_.start();
  }

  void play(const JsonObject& line) {
    const JsonValue* expect = line.find("expect");
    const JsonValue* never = line.find("never");
    const JsonValue* pins = line.find("pins");
    if (!expect && !never && !pins) {
      EQUAL(player_.play(line), "");
      return;
    }
    const cp::Ms until = static_cast<cp::Ms>(line.find("t")->number);
    std::string pass = "{\"t\":" + std::to_string(until) + "}";
    JsonObject time;
    time.parse(pass.data(), pass.size());
    EQUAL(player_.play(time), "");
    if (expect) expects(*expect);
    if (never) {
      for (const std::string& seen : lines_) check(!includes(seen, *never), __FILE__, __LINE__, "seen: " + seen);
    }
    if (pins && !includes(pins_, *pins)) check(false, __FILE__, __LINE__, "pins are " + pins_);
    ++checks;
  }

 private:
  void expects(const JsonValue& wanted) {
    const size_t from = used_;
    while (used_ < lines_.size()) {
      if (includes(lines_[used_++], wanted)) return;
    }
    std::string all;
    for (size_t i = from; i < lines_.size(); ++i) all += "\n    " + lines_[i];
    check(false, __FILE__, __LINE__, "no such line: " + std::string(wanted.text) + " in" + all);
    used_ = from;
  }

  bench::Player player_;
  std::vector<std::string> lines_;
  std::string pins_;
  size_t used_ = 0;
};

}  // namespace

TEST("bursts have the plateaus of the vectors") {
  int rows = 0;
  each("bursts.jsonl", [&](const JsonObject& row) {
    bench::Player player;
    std::string status;
    player.on_line = [&](cp::Ms, std::string_view line) { status = line; };
    player.start();
    std::string script = "{\"t\":0,\"burst\":\"" + std::string(row.find("burst")->text) + "\"}";
    std::string later = "{\"t\":1,\"send\":{\"cmd\":\"get_status\"}}";
    for (std::string* text : {&script, &later}) {
      JsonObject line;
      CHECK(line.parse(text->data(), text->size()) == nullptr);
      EQUAL(player.play(line), "");
    }
    JsonObject seen;
    CHECK(seen.parse(status.data(), status.size()) == nullptr);
    EQUAL(seen.find("cp_mv")->number, row.find("high")->number);
    EQUAL(seen.find("cp_low_mv")->number, row.find("low")->number);
    ++rows;
  });
  CHECK(rows >= 8);
}

TEST("plateaus have the states of the vectors") {
  int rows = 0;
  each("states.jsonl", [&](const JsonObject& row) {
    cp::StateFilter filter;
    const cp::Thresholds thresholds;
    const JsonValue* spread = row.find("wide");
    std::string states;
    for (const int millivolts : whole_numbers(row.find("mv")->text)) {
      const uint16_t high = static_cast<uint16_t>(millivolts);
      filter.feed({high, high, !(spread && spread->truth())}, thresholds, false);
      states += cp::letter(filter.state());
    }
    EQUAL(states, row.find("states")->text);
    ++rows;
  });
  CHECK(rows >= 15);
}

TEST("lines, time and pins are those of the vectors") {
  for (const char* file : {"commands.jsonl", "requests.jsonl", "supervision.jsonl", "bad-lines.jsonl"}) {
    Scenario scenario;
    int rows = 0;
    each(file, [&](const JsonObject& line) {
      if (line.find("scenario")) {
        scenario.start();
      } else {
        scenario.play(line);
      }
      ++rows;
    });
    CHECK(rows >= 10);
  }
}
