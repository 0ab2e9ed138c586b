#pragma once

/// Wiring of the board; see the README beside platformio.ini.
namespace pins {

constexpr int pwm = 38;
constexpr int adc = 1;
constexpr int uart_rx = 44;
constexpr int uart_tx = 43;

}  // namespace pins
