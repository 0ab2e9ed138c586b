#include <cstdlib>
#include <new>

#include "rig.hpp"
#include "check.hpp"

namespace {

bool counting = false;
int allocations = 0;

/// Pins that use no heap themselves.
struct StillIo final : cp::Io {
  size_t lines = 0;
  bool room = true;
  cp::Output output;
  bool send(const char*, size_t) override { return ++lines, room; }
  void drive(const cp::Output& wanted) override { output = wanted; }
  void coil(bool) override {}
  bool aux() override { return false; }
  int coil_milliamperes() override { return 0; }
  cp::Temperatures temperatures() override { return {25, 25}; }
  cp::Meter meter() override { return {400, 10, 4000, 1}; }
  double mcu_celsius() override { return 40; }
  int scan_millivolts(int) override { return 0; }
  void restart() override {}
};

}  // namespace

void* operator new(size_t size) {
  if (counting) ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

TEST("what a stream is late with is left out, and its period is kept") {
  cp::Stream stream{true, 50, 0};
  CHECK(!stream.due(49));
  CHECK(stream.due(50));
  CHECK(stream.due(220));
  CHECK(!stream.due(249));
  CHECK(stream.due(250));
  stream.running = false;
  CHECK(!stream.due(1000));
}

TEST("neither the loop nor a command takes memory from the heap") {
  StillIo io;
  cp::Helper helper(io, {"test", true, true, true});
  static const std::string_view lines[] = {
      "{\"cmd\":\"cp.drive\",\"out\":\"x2\",\"duty\":5}\n", "{\"cmd\":\"cp.scan\"}\n", "{\"cmd\":\"set_freq\",\"hz\":1e3}\n",
      "{\"type\":\"req\",\"id\":1,\"method\":\"sys.info\"}\n", "{\"type\":\"req\",\"id\":2,\"method\":\"meter.stream_start\"}\n",
      "{\"type\":\"req\",\"id\":2,\"method\":\"contactor.set\",\"params\":{\"on\":false}}\n", "{not json\n"};
  uint16_t burst[cp::longest_burst];
  for (uint16_t& sample : burst) sample = 2185;
  counting = true;
  helper.begin(0);
  for (cp::Ms now = 0; now < 5000; ++now) {
    if (helper.due(now)) helper.measured(burst, helper.plan().samples, now);
    helper.tick(now);
    const std::string_view line = lines[now % std::size(lines)];
    if (now % 10 == 0) helper.receive(line.data(), line.size(), now);
  }
  counting = false;
  EQUAL(allocations, 0);
  CHECK(io.lines > 500);
  CHECK(helper.state() == cp::State::B);
}

TEST("a full line loses lines, counts them, and stops nothing") {
  StillIo io;
  io.room = false;
  cp::Helper helper(io, {"test", true, true, true});
  uint16_t burst[cp::longest_burst] = {};
  helper.begin(0);
  for (cp::Ms now = 0; now < 1000; ++now) {
    if (helper.due(now)) helper.measured(burst, helper.plan().samples, now);
    helper.tick(now);
  }
  CHECK(helper.state() == cp::State::F);
  CHECK(io.lines >= 5 && io.lines <= 105);
}

TEST("a board says what it cannot drive") {
  StillIo io;
  cp::Helper helper(io, {"test", false, false, false});
  helper.begin(0);
  for (const std::string_view line : {"{\"cmd\":\"cp.drive\",\"out\":\"e\"}\n", "{\"cmd\":\"cp.drive\",\"out\":\"f\"}\n"}) {
    helper.receive(line.data(), line.size(), 0);
    CHECK(io.output.line == cp::Line::High);
  }
}

TEST("a burst without samples is no reason to crash") {
  StillIo io;
  cp::Helper helper(io, {"test", true, true, true});
  helper.begin(0);
  helper.measured(nullptr, 0, 0);
  CHECK(helper.state() == cp::State::F);
}

TEST("the longest lines that the helper sends fit into its buffer") {
  bench::Rig rig;
  size_t longest = 0;
  rig.on_line = [&](std::string_view line) { return longest = std::max(longest, line.size()), true; };
  rig.begin(0);
  constexpr cp::Ms late = 4294967295000;
  for (const std::string_view line :
       {"{\"cmd\":\"cp.scan\"}\n", "{\"cmd\":\"set_mode\",\"mode\":\"manual\"}\n",
        "{\"cmd\":\"set_pwm\",\"duty\":33.333333,\"enable\":true}\n", "{\"type\":\"req\",\"id\":-9007199254740991,\"method\":\"sys.info\"}\n"}) {
    rig.receive(line, late);
  }
  rig.step(late);
  CHECK(longest > 300);
  CHECK(longest < cp::JsonWriter::longest - 100);
}
