#pragma once
#include <string>
#include <string_view>

namespace bench {

/// The master of a pseudo-terminal: the helper's end of its serial line.
class Pty {
 public:
  /// @throws std::runtime_error when the system has none
  Pty();
  ~Pty();
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;

  const std::string& path() const { return path_; }
  int fd() const { return fd_; }
  /// Somebody has opened the other end. Without anybody nothing is sent: a serial line keeps nothing for later either.
  bool heard() const;
  /// What has come in, at most `size` bytes; 0 when there is nothing.
  size_t read(char* bytes, size_t size);
  /// One line and its end; false when there is no room for all of it.
  bool write(std::string_view line);

 private:
  int fd_;
  std::string path_;
  /// Rest of a line that had only in part been taken.
  std::string rest_;
};

}  // namespace bench
