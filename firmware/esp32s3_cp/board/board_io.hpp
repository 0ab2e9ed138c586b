#pragma once
#include <Arduino.h>
#include <esp_adc_cal.h>

#include "../../core/helper.hpp"

/// The helper's pins and lines on this board. Contactor, sensors and meter are not wired: the core simulates them.
class BoardIo final : public cp::Io {
 public:
  /// First the line, then everything else.
  void begin();
  /// Takes one burst as planned; answers how many microseconds it took.
  uint32_t burst(const cp::BurstPlan& plan, uint16_t* millivolts);
  /// What the host has sent, at most `size` bytes.
  size_t receive(char* bytes, size_t size);

  bool send(const char* line, size_t length) override;
  void drive(const cp::Output& output) override;
  void coil(bool) override {}
  bool aux() override { return false; }
  int coil_milliamperes() override { return 0; }
  cp::Temperatures temperatures() override { return {NAN, NAN}; }
  cp::Meter meter() override { return {NAN, NAN, NAN, NAN}; }
  double mcu_celsius() override { return temperatureRead(); }
  int scan_millivolts(int pin) override { return static_cast<int>(analogReadMilliVolts(static_cast<uint8_t>(pin))); }
  void restart() override;

  /// E needs a switch to 0 V in front of the 1 kΩ, which this board has not. F is the output stage at rest on −12 V.
  static constexpr cp::Board board{"esp32-s3-devkitc-1", false, true, false};

 private:
  HardwareSerial line_{0};
  esp_adc_cal_characteristics_t calibration_{};
  int hz_ = 0;
};
