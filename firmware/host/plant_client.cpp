#include "plant_client.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

constexpr cp::Ms retry = 100, ping_period = 500, silence = 1500;
/// Longest line of the plant; anything longer is no plant.
constexpr size_t longest = 4096;

std::string request(int id, const char* method, const char* params = "{}") {
  return "{\"type\":\"req\",\"id\":" + std::to_string(id) + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
}

double figure(const cp::JsonObject& object, std::string_view name, double otherwise) {
  const cp::JsonValue* value = object.find(name);
  return value && value->type == cp::JsonType::Number ? value->number : otherwise;
}

}  // namespace

PlantClient::PlantClient(std::string where, Rig& rig) : where_(std::move(where)), rig_(rig) {
  if (where_.size() >= sizeof(sockaddr_un::sun_path)) throw std::runtime_error("the path of the plant's socket is too long");
  rig_.wire.kill();
  rig_.reported_aux = false;
}

PlantClient::~PlantClient() {
  if (in_ > 0) close(in_);
}

void PlantClient::connect(cp::Ms now) {
  retry_at_ = now + retry;
  if (where_ == "-") {
    in_ = 0;
    out_ = 1;
  } else {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, where_.data(), where_.size());
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      if (fd >= 0) close(fd);
      return;
    }
    in_ = out_ = fd;
  }
  fcntl(in_, F_SETFL, fcntl(in_, F_GETFL) | O_NONBLOCK);
  heard_at_ = pinged_at_ = now;
  greet();
}

void PlantClient::greet() {
  for (const char* stream : {"adc.stream_start", "contactor.stream_start"}) send(request(next_id_++, stream));
  // A sensor is read at the moment it is asked: what is known of it here must not be old.
  send(request(next_id_++, "temps.stream_start", "{\"period_ms\":100}"));
  send(request(next_id_++, "meter.stream_start", "{\"period_ms\":20}"));
  // Whatever stood there before: the plant learns of both pins.
  line_told_.hz = 0;
  coil_told_ = !rig_.coil();
  pins_changed();
}

void PlantClient::lose(cp::Ms) {
  if (in_ > 2) close(in_);
  in_ = out_ = -1;
  buffer_.clear();
  rig_.wire.kill();
  rig_.reported_aux = false;
}

void PlantClient::send(const std::string& line) {
  if (out_ < 0) return;
  const std::string whole = line + "\n";
  // A plant that does not read has gone; its silence will tell.
  const ssize_t sent = out_ == 1 ? write(out_, whole.data(), whole.size())
                                 : ::send(out_, whole.data(), whole.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)sent;
}

void PlantClient::pins_changed() {
  const cp::Output& line = rig_.output();
  if (!(line == line_told_)) {
    cp::JsonWriter command;
    command.open().text("cmd", "cp.drive");
    switch (line.line) {
      case cp::Line::High: command.text("out", "x1"); break;
      case cp::Line::Zero: command.text("out", "e"); break;
      case cp::Line::Low: command.text("out", "f"); break;
      case cp::Line::Oscillating: command.text("out", "x2").number("duty", line.duty, 2); break;
    }
    command.close();
    send({command.data(), command.size()});
    line_told_ = line;
  }
  if (rig_.coil() != coil_told_) {
    coil_told_ = rig_.coil();
    if (coil_told_) send(request(next_id_++, "sys.arm"));
    send(request(next_id_++, "contactor.set", coil_told_ ? "{\"on\":true}" : "{\"on\":false}"));
  }
}

void PlantClient::tick(cp::Ms now) {
  if (in_ < 0) {
    if (now >= retry_at_) connect(now);
    return;
  }
  if (now - heard_at_ >= silence) rig_.wire.kill();
  if (now - pinged_at_ < ping_period) return;
  pinged_at_ = now;
  send(request(next_id_++, "sys.ping"));
}

bool PlantClient::receive(cp::Ms now) {
  char bytes[4096];
  const ssize_t got = read(in_, bytes, sizeof bytes);
  if (got < 0) return true;
  if (got == 0) {
    const bool standard = in_ == 0;
    lose(now);
    return !standard;
  }
  buffer_.append(bytes, static_cast<size_t>(got));
  for (size_t end; (end = buffer_.find('\n')) != std::string::npos; buffer_.erase(0, end + 1)) {
    handle(buffer_.data(), end, now);
  }
  if (buffer_.size() > longest) lose(now);
  return true;
}

void PlantClient::handle(char* line, size_t size, cp::Ms now) {
  cp::JsonObject message, result;
  if (message.parse(line, size)) return;
  heard_at_ = now;
  const cp::JsonValue* method = message.find("method");
  const cp::JsonValue* body = message.find("result");
  if (!method || !body || !result.parse(*body)) return;
  if (method->is("evt:adc.tick")) {
    rig_.wire.revive();
    rig_.wire.force({figure(result, "high", 0), figure(result, "low", 0)});
  } else if (method->is("evt:contactor.tick")) {
    const cp::JsonValue* aux = result.find("aux");
    rig_.reported_aux = aux && aux->truth();
  } else if (method->is("evt:temps.tick")) {
    cp::JsonObject temps, a, b;
    const cp::JsonValue* value = result.find("temps");
    if (!value || !temps.parse(*value)) return;
    if (const cp::JsonValue* gun = temps.find("gun_a"); gun && a.parse(*gun)) rig_.celsius.gun_a = figure(a, "c", 0);
    if (const cp::JsonValue* gun = temps.find("gun_b"); gun && b.parse(*gun)) rig_.celsius.gun_b = figure(b, "c", 0);
  } else if (method->is("evt:meter.tick")) {
    rig_.reading = {figure(result, "v", 0), figure(result, "i", 0), figure(result, "p", 0), figure(result, "e", 0)};
  }
}

}  // namespace bench
