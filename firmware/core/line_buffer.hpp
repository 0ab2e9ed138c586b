#pragma once
#include "types.hpp"

namespace cp {

constexpr size_t longest_line = 240;

/// Cuts what comes in into lines. A line that is too long is dropped whole; nothing grows.
class LineBuffer {
 public:
  /// Takes in one byte; true when a line is complete: `text()` and `size()` hold until the next call. CR and empty lines are nothing.
  bool feed(char byte) {
    if (complete_) clear();
    if (byte == '\r') return false;
    if (byte != '\n') {
      if (size_ < longest_line) text_[size_] = byte;
      if (size_ <= longest_line) ++size_;
      return false;
    }
    const bool fits = size_ <= longest_line;
    if (!fits) ++too_long_;
    complete_ = fits && size_ > 0;
    if (!complete_) clear();
    return complete_;
  }

  char* text() { return text_; }
  size_t size() const { return size_; }
  uint32_t too_long() const { return too_long_; }

 private:
  void clear() {
    size_ = 0;
    complete_ = false;
  }

  char text_[longest_line] = {};
  size_t size_ = 0;
  bool complete_ = false;
  uint32_t too_long_ = 0;
};

}  // namespace cp
