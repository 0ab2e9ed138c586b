#include "pty.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <stdexcept>

namespace bench {

size_t SerialEnd::read(char* bytes, size_t size) {
  const ssize_t got = ::read(in_, bytes, size);
  if (got == 0) gone_ = true;
  return got > 0 ? static_cast<size_t>(got) : 0;
}

bool SerialEnd::write(std::string_view line) {
  if (!heard()) {
    rest_.clear();
    return true;
  }
  if (!rest_.empty() && !pass({})) return false;
  return pass(std::string(line) + "\n");
}

bool SerialEnd::pass(std::string_view bytes) {
  if (rest_.empty()) {
    const ssize_t sent = bytes.empty() ? 0 : ::write(out_, bytes.data(), bytes.size());
    if (sent < 0) return false;
    rest_ = bytes.substr(static_cast<size_t>(sent));
    return true;
  }
  const ssize_t sent = ::write(out_, rest_.data(), rest_.size());
  if (sent > 0) rest_.erase(0, static_cast<size_t>(sent));
  return rest_.empty() && (bytes.empty() || pass(bytes));
}

Stdio::Stdio() : SerialEnd(0, 1) {
  for (const int fd : {0, 1}) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

Pty::Pty() {
  in_ = out_ = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  char name[128];
  if (in_ < 0 || grantpt(in_) != 0 || unlockpt(in_) != 0 || ptsname_r(in_, name, sizeof name) != 0) {
    throw std::runtime_error("there is no pseudo-terminal to be had");
  }
  path_ = name;
  // Raw, as a serial line is; the setting stays after the close, which also marks the line as not heard.
  const int slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios settings{};
  if (slave < 0 || tcgetattr(slave, &settings) != 0) throw std::runtime_error("the pseudo-terminal cannot be opened");
  cfmakeraw(&settings);
  cfsetspeed(&settings, B115200);
  tcsetattr(slave, TCSANOW, &settings);
  close(slave);
}

Pty::~Pty() { close(in_); }

bool Pty::heard() const {
  pollfd event{in_, POLLIN, 0};
  return poll(&event, 1, 0) >= 0 && (event.revents & POLLHUP) == 0;
}

}  // namespace bench
