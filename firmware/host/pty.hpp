#pragma once
#include <string>
#include <string_view>

namespace bench {

/// One end of a serial line: bytes come from one descriptor and go to another, without ever waiting.
class SerialEnd {
 public:
  SerialEnd(int in, int out) : in_(in), out_(out) {}
  virtual ~SerialEnd() = default;
  SerialEnd(const SerialEnd&) = delete;
  SerialEnd& operator=(const SerialEnd&) = delete;

  /// Where bytes come in.
  int fd() const { return in_; }
  /// Somebody is at the other end. Without anybody nothing is sent: a serial line keeps nothing for later either.
  virtual bool heard() const { return !gone_; }
  /// The other end is gone for good.
  bool gone() const { return gone_; }
  /// What has come in, at most `size` bytes; 0 when there is nothing.
  size_t read(char* bytes, size_t size);
  /// One line and its end; false when there is no room for all of it.
  bool write(std::string_view line);
  /// Bytes as they are, with what was left of those before; false when there is no room for all of them.
  bool pass(std::string_view bytes);

 protected:
  SerialEnd() = default;
  int in_ = -1, out_ = -1;

 private:
  bool gone_ = false;
  /// Rest of a line that had only in part been taken.
  std::string rest_;
};

/// Standard input and output as a serial line.
class Stdio : public SerialEnd {
 public:
  Stdio();
};

/// The master of a pseudo-terminal: the helper's end of its serial line.
class Pty : public SerialEnd {
 public:
  /// @throws std::runtime_error when the system has none
  Pty();
  ~Pty() override;

  const std::string& path() const { return path_; }
  bool heard() const override;

 private:
  std::string path_;
};

}  // namespace bench
