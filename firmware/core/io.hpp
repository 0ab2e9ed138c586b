#pragma once
#include "types.hpp"

namespace cp {

/// Degrees Celsius of the two contacts of the connector.
struct Temperatures {
  double gun_a, gun_b;
};

/// Volts, amperes, watts, watt-hours.
struct Meter {
  double volts, amperes, watts, watt_hours;
};

/// What a board can do beyond the pilot's measurement and its oscillator.
struct Board {
  const char* name;
  bool drives_e;
  bool drives_f;
  /// Contactor, temperatures and meter are wired; without them they are simulated (`sys.set_mode`).
  bool peripherals;
};

/// The pins and the serial line, as the board file implements them. No call may block.
struct Io {
  /// One line without its end. False when there is no room: the line is lost, the measurement goes on.
  virtual bool send(const char* line, size_t length) = 0;
  virtual void drive(const Output& output) = 0;
  virtual void coil(bool closed) = 0;
  /// Auxiliary contact: true when the contactor is closed.
  virtual bool aux() = 0;
  virtual int coil_milliamperes() = 0;
  virtual Temperatures temperatures() = 0;
  virtual Meter meter() = 0;
  virtual double mcu_celsius() = 0;
  /// Millivolts at ADC pin 1..10.
  virtual int scan_millivolts(int pin) = 0;
  virtual void restart() = 0;

 protected:
  ~Io() = default;
};

}  // namespace cp
