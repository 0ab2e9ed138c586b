#include "board_io.hpp"

#include <WiFi.h>

#include "pins.hpp"

namespace {

constexpr uint8_t channel = 0;
constexpr uint8_t bits = 12;
/// The framework takes a duty of all ones for steadily high.
constexpr uint32_t steady_high = (1u << bits) - 1;

uint32_t ticks(const cp::Output& output) {
  switch (output.line) {
    case cp::Line::High: return steady_high;
    case cp::Line::Oscillating: return static_cast<uint32_t>(output.duty / 100 * (1u << bits) + 0.5);
    case cp::Line::Zero:
    case cp::Line::Low: break;
  }
  return 0;
}

}  // namespace

void BoardIo::begin() {
  pinMode(pins::pwm, OUTPUT);
  digitalWrite(pins::pwm, HIGH);
  // Radios make the ADC restless.
  WiFi.mode(WIFI_OFF);
  btStop();

  Serial.setTxTimeoutMs(0);
  Serial.begin(115200);
  line_.setRxBufferSize(2048);
  line_.setTxBufferSize(2048);
  line_.begin(115200, SERIAL_8N1, pins::uart_rx, pins::uart_tx);

  analogReadResolution(bits);
  analogSetPinAttenuation(pins::adc, ADC_11db);
  // The framework sets the channel up at the first reading; the burst then reads it raw.
  analogRead(pins::adc);
  esp_adc_cal_characterize(ADC_UNIT_1, ADC_ATTEN_DB_11, ADC_WIDTH_BIT_12, 1100, &calibration_);
}

void BoardIo::drive(const cp::Output& output) {
  if (output.hz != hz_) {
    ledcSetup(channel, output.hz, bits);
    // The duty before the pin, so that the line does not fall in between.
    ledcWrite(channel, ticks(output));
    ledcAttachPin(pins::pwm, channel);
    hz_ = output.hz;
  }
  ledcWrite(channel, ticks(output));
}

uint32_t BoardIo::burst(const cp::BurstPlan& plan, uint16_t* millivolts) {
  const uint32_t start = micros();
  delayMicroseconds(plan.lead_us);
  for (size_t i = 0; i < plan.samples; ++i) {
    millivolts[i] = analogRead(pins::adc);
    delayMicroseconds(plan.gap_us);
  }
  // Converted afterwards: the samples shall lie close together.
  for (size_t i = 0; i < plan.samples; ++i) {
    millivolts[i] = static_cast<uint16_t>(esp_adc_cal_raw_to_voltage(millivolts[i], &calibration_));
  }
  return micros() - start;
}

size_t BoardIo::receive(char* bytes, size_t size) {
  size_t count = 0;
  while (count < size && line_.available() > 0) bytes[count++] = static_cast<char>(line_.read());
  return count;
}

bool BoardIo::send(const char* line, size_t length) {
  if (Serial && Serial.availableForWrite() > static_cast<int>(length)) {
    Serial.write(reinterpret_cast<const uint8_t*>(line), length);
    Serial.write('\n');
  }
  // Never wait for room: the measurement goes first.
  if (line_.availableForWrite() < static_cast<int>(length) + 1) return false;
  line_.write(reinterpret_cast<const uint8_t*>(line), length);
  line_.write('\n');
  return true;
}

void BoardIo::restart() {
  line_.flush();
  ESP.restart();
}
