#pragma once
#include <string_view>

#include "types.hpp"

namespace cp {

/// Builds one line of JSON in a buffer of its own. Names and strings are ours and need no escapes.
class JsonWriter {
 public:
  static constexpr size_t longest = 640;

  JsonWriter& open(std::string_view name = {});
  JsonWriter& open_array(std::string_view name);
  JsonWriter& close(char bracket = '}');
  JsonWriter& text(std::string_view name, std::string_view value);
  JsonWriter& character(std::string_view name, char value) { return text(name, std::string_view(&value, 1)); }
  JsonWriter& truth(std::string_view name, bool value);
  JsonWriter& whole(std::string_view name, int64_t value);
  /// At most `decimals` digits after the point, without trailing zeros; what is no number becomes null.
  JsonWriter& number(std::string_view name, double value, int decimals);
  JsonWriter& item(std::string_view value);

  const char* data() const { return buffer_; }
  size_t size() const { return size_; }
  /// False when the line did not fit and must not be sent.
  bool fits() const { return !overflow_; }

 private:
  void put(std::string_view text);
  void put(char c) { put(std::string_view(&c, 1)); }
  void name(std::string_view name);
  void digits(int64_t value);

  char buffer_[longest] = {};
  size_t size_ = 0;
  bool first_ = true;
  bool overflow_ = false;
};

}  // namespace cp
