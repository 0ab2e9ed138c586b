#pragma once
#include <string_view>

#include "types.hpp"

namespace cp {

enum class JsonType : uint8_t { Null, False, True, Number, String, Object, Array };

struct JsonValue {
  JsonType type = JsonType::Null;
  /// Of a string its characters, unescaped; of an object or array its text, of a number its digits.
  std::string_view text;
  double number = 0;

  bool is_bool() const { return type == JsonType::True || type == JsonType::False; }
  bool truth() const { return type == JsonType::True; }
  bool is(std::string_view word) const { return type == JsonType::String && text == word; }
  /// A whole number that a double holds exactly.
  bool whole() const;
};

/// One JSON object, read in place and without heap. Values that are objects themselves are checked, and read by another JsonObject.
class JsonObject {
 public:
  static constexpr size_t most_members = 16;
  static constexpr int deepest = 6;

  /// Reads `text`, whose strings are unescaped where they stand. Answers null, or why it is no such object.
  const char* parse(char* text, size_t size);
  /// Reads a value of another object; false when it is not an object.
  bool parse(const JsonValue& value);

  /// Of members with the same name the last one.
  const JsonValue* find(std::string_view name) const;
  size_t size() const { return size_; }
  std::string_view name(size_t i) const { return names_[i]; }
  const JsonValue& value(size_t i) const { return values_[i]; }

 private:
  std::string_view names_[most_members];
  JsonValue values_[most_members];
  size_t size_ = 0;
};

}  // namespace cp
