#include <Arduino.h>
#include <esp_task_wdt.h>
#include <esp_timer.h>

#include "board_io.hpp"

/// A loop that hangs for this long restarts the board: contactor open, line at +12 V.
constexpr uint32_t watchdog_seconds = 2;
constexpr cp::Ms log_period = 5000;

static BoardIo io;
static cp::Helper helper(io, BoardIo::board);
static uint16_t samples[cp::longest_burst];
static uint32_t longest_burst_us = 0;
static cp::Ms logged_at = 0;

static cp::Ms now_ms() { return static_cast<cp::Ms>(esp_timer_get_time() / 1000); }

void setup() {
  io.begin();
  helper.begin(now_ms());
  esp_task_wdt_init(watchdog_seconds, true);
  esp_task_wdt_add(nullptr);
}

void loop() {
  char bytes[128];
  const size_t count = io.receive(bytes, sizeof bytes);
  if (count > 0) helper.receive(bytes, count, now_ms());
  if (helper.due(now_ms())) {
    const cp::BurstPlan plan = helper.plan();
    const uint32_t took = io.burst(plan, samples);
    if (took > longest_burst_us) longest_burst_us = took;
    helper.measured(samples, plan.samples, now_ms());
  }
  const cp::Ms now = now_ms();
  helper.tick(now);
  if (now - logged_at >= log_period && Serial) {
    logged_at = now;
    Serial.printf("# state %c, longest burst %lu us, bad lines %lu\n", cp::letter(helper.state()),
                  static_cast<unsigned long>(longest_burst_us), static_cast<unsigned long>(helper.bad_lines()));
    longest_burst_us = 0;
  }
  esp_task_wdt_reset();
}
