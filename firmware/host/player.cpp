#include "player.hpp"

namespace bench {

void Player::start() {
  rig_ = std::make_unique<Rig>();
  next_ = 0;
  pins_.clear();
  rig_->on_line = [this](std::string_view line) {
    on_line(next_, line);
    return true;
  };
  rig_->on_pins = [this] {
    const std::string pins = rig_->pins();
    if (pins == pins_) return;
    pins_ = pins;
    on_pins(next_, pins);
  };
  rig_->begin(0);
}

std::string Player::play(const cp::JsonObject& line) {
  if (!rig_) start();
  const cp::JsonValue* t = line.find("t");
  if (!t || !t->whole() || t->number < static_cast<double>(next_)) return "t is missing, or in the past";
  for (const cp::Ms to = static_cast<cp::Ms>(t->number); next_ < to; ++next_) rig_->step(next_);
  return rig_->stimulate(line, next_);
}

int replay(std::FILE* in, std::FILE* out) {
  Player player;
  const auto writer = [out](const char* what) {
    return [out, what](cp::Ms t, std::string_view json) {
      std::fprintf(out, "{\"t\":%llu,\"%s\":%.*s}\n", static_cast<unsigned long long>(t), what,
                   static_cast<int>(json.size()), json.data());
    };
  };
  player.on_line = writer("line");
  player.on_pins = writer("pins");
  char text[8192];
  for (int number = 1; std::fgets(text, sizeof text, in); ++number) {
    const std::string_view whole(text);
    if (whole.find_first_not_of(" \r\n") == std::string_view::npos) continue;
    cp::JsonObject line;
    const char* why = line.parse(text, whole.size());
    std::string wrong = why ? why : "";
    if (!why && line.find("scenario")) {
      std::fprintf(out, "{\"scenario\":true}\n");
      player.start();
    } else if (!why) {
      wrong = player.play(line);
    }
    if (!wrong.empty()) {
      std::fprintf(stderr, "line %d: %s\n", number, wrong.c_str());
      return 2;
    }
  }
  return 0;
}

}  // namespace bench
