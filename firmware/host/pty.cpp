#include "pty.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <stdexcept>

namespace bench {

Pty::Pty() : fd_(posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) {
  char name[128];
  if (fd_ < 0 || grantpt(fd_) != 0 || unlockpt(fd_) != 0 || ptsname_r(fd_, name, sizeof name) != 0) {
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

Pty::~Pty() { close(fd_); }

bool Pty::heard() const {
  pollfd event{fd_, POLLIN, 0};
  return poll(&event, 1, 0) >= 0 && (event.revents & POLLHUP) == 0;
}

size_t Pty::read(char* bytes, size_t size) {
  const ssize_t got = ::read(fd_, bytes, size);
  return got > 0 ? static_cast<size_t>(got) : 0;
}

bool Pty::write(std::string_view line) {
  if (!heard()) {
    rest_.clear();
    return true;
  }
  if (!rest_.empty()) {
    const ssize_t sent = ::write(fd_, rest_.data(), rest_.size());
    if (sent > 0) rest_.erase(0, static_cast<size_t>(sent));
    if (!rest_.empty()) return false;
  }
  const std::string whole = std::string(line) + "\n";
  const ssize_t sent = ::write(fd_, whole.data(), whole.size());
  if (sent <= 0) return false;
  rest_ = whole.substr(static_cast<size_t>(sent));
  return true;
}

}  // namespace bench
