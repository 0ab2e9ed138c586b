#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "rig.hpp"

/// Throws bytes, half lines, long lines, mutated commands and bursts at the core for so many seconds. Sanitizers and the rules below judge.
namespace {

using Random = std::mt19937;

int below(Random& random, int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }

const char* const seeds[] = {
    R"({"cmd":"ping"})",
    R"({"cmd":"get_status"})",
    R"({"cmd":"set_mode","mode":"manual"})",
    R"({"cmd":"set_mode","mode":"dc"})",
    R"({"cmd":"set_pwm","duty":50,"enable":true})",
    R"({"cmd":"set_freq","hz":1000})",
    R"({"cmd":"cp.set_thresholds","t12":2400,"hys":150})",
    R"({"cmd":"cp.auto_cal"})",
    R"({"cmd":"cp.drive","out":"x2","duty":5.5})",
    R"({"cmd":"cp.drive","out":"e"})",
    R"({"cmd":"restart_slac_hint","ms":400})",
    R"({"type":"req","id":1,"method":"sys.ping","params":{}})",
    R"({"type":"req","id":2,"method":"sys.arm"})",
    R"({"type":"req","id":3,"method":"contactor.set","params":{"on":true}})",
    R"({"type":"req","id":4,"method":"meter.stream_start","params":null})",
    R"({"a":{"b":[1,2,{"c":"\u00e9\n"}]},"d":-1.5e-3})",
};

std::string bytes(Random& random, int most) {
  std::string text(static_cast<size_t>(below(random, most)), '\0');
  for (char& c : text) c = static_cast<char>(below(random, 256));
  return text;
}

std::string mutated(Random& random) {
  std::string text = seeds[below(random, static_cast<int>(std::size(seeds)))];
  for (int changes = below(random, 6); changes > 0 && !text.empty(); --changes) {
    const size_t at = random() % text.size();
    switch (below(random, 4)) {
      case 0: text[at] = static_cast<char>(below(random, 256)); break;
      case 1: text.erase(at, random() % 5); break;
      case 2: text.insert(at, text.substr(random() % text.size(), random() % 12)); break;
      default: text.insert(at, 1, "{}[]\",:\\eE+-.0\r\n"[below(random, 16)]);
    }
  }
  return text;
}

std::string traffic(Random& random) {
  static const char* const ends[] = {"\n", "\r\n", "\n\r", "\r\r\n", ""};
  switch (below(random, 10)) {
    case 0: return bytes(random, 400);
    case 1: return std::string(65536, "x{\"\\"[below(random, 4)]) + "\n";
    case 2: return std::string(static_cast<size_t>(230 + below(random, 20)), 'a') + "\n";
    case 3: return std::string(seeds[below(random, 16)]).substr(0, static_cast<size_t>(below(random, 20)));
    default: return mutated(random) + ends[below(random, 5)];
  }
}

std::vector<uint16_t> burst(Random& random) {
  std::vector<uint16_t> samples(static_cast<size_t>(below(random, 385)));
  const int level = below(random, 3400), spread = 1 + below(random, 600);
  for (uint16_t& sample : samples) {
    sample = static_cast<uint16_t>(below(random, 20) == 0 ? random() : static_cast<unsigned>(level + below(random, spread)));
  }
  if (samples.empty()) samples.push_back(0);
  return samples;
}

int broken(const char* rule, unsigned seed, long round) {
  std::printf("FAILED %s (seed %u, round %ld)\n", rule, seed, round);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  const double seconds = count > 1 ? std::atof(arguments[1]) : 10;
  const unsigned seed = count > 2 ? static_cast<unsigned>(std::atoi(arguments[2])) : std::random_device{}();
  Random random(seed);
  bench::Rig rig;
  long lines = 0, malformed = 0, closures = 0;
  bool closed = false;
  rig.on_line = [&](std::string_view line) {
    ++lines;
    std::string copy(line);
    cp::JsonObject object;
    if (object.parse(copy.data(), copy.size())) ++malformed;
    return below(random, 50) != 0;
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  cp::Ms now = 0;
  rig.begin(now);
  long round = 0;
  for (; std::chrono::steady_clock::now() < end; ++round) {
    now += static_cast<cp::Ms>(below(random, 30));
    if (below(random, 3) == 0) rig.wire.next_burst(burst(random));
    if (below(random, 40) == 0) rig.wire.car("-BCD"[below(random, 4)]);
    if (below(random, 60) == 0) rig.contact = static_cast<bench::Aux>(below(random, 3));
    if (below(random, 4) == 0) {
      // A host that means it, so that the contactor closes now and then.
      rig.wire.car('C');
      rig.receive("\n{\"type\":\"req\",\"id\":1,\"method\":\"sys.arm\"}\n{\"type\":\"req\",\"id\":2,\"method\":\"contactor.set\",\"params\":{\"on\":true}}\n", now);
    }
    rig.receive(traffic(random), now);
    rig.step(now);
    if (rig.coil() && !closed) ++closures;
    closed = rig.coil();
    if (malformed > 0) return broken("every line that goes out is JSON", seed, round);
    if (rig.coil() && !cp::charging(rig.helper.state())) return broken("the contactor is closed in C and D only", seed, round);
    if (rig.coil() != rig.helper.contactor().closed()) return broken("the coil is where the helper believes it", seed, round);
  }
  // After all of this a good line is answered as ever.
  bool pong = false;
  rig.on_line = [&](std::string_view line) { return pong = pong || line == "{\"type\":\"pong\"}", true; };
  rig.receive("\n{\"cmd\":\"ping\"}\n", now);
  if (!pong) return broken("a good line is answered after it all", seed, round);
  std::printf("ok     fuzz: %ld rounds, %ld lines out, %u bad lines, %ld closures, seed %u\n", round, lines, rig.helper.bad_lines(),
              closures, seed);
  return closures > 0 ? 0 : broken("the contactor has closed", seed, round);
}
