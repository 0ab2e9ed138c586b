#include "json_writer.hpp"

#include <cmath>
#include <cstring>

namespace cp {

void JsonWriter::put(std::string_view text) {
  if (size_ + text.size() > longest) {
    overflow_ = true;
    return;
  }
  std::memcpy(buffer_ + size_, text.data(), text.size());
  size_ += text.size();
}

void JsonWriter::name(std::string_view name) {
  if (!first_) put(',');
  first_ = false;
  if (name.empty()) return;
  put('"');
  put(name);
  put("\":");
}

void JsonWriter::digits(int64_t value) {
  char reversed[20];
  size_t count = 0;
  uint64_t rest = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do {
    reversed[count++] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) put('-');
  while (count > 0) put(reversed[--count]);
}

JsonWriter& JsonWriter::open(std::string_view member) {
  name(member);
  put('{');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::open_array(std::string_view member) {
  name(member);
  put('[');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  put(bracket);
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view member, std::string_view value) {
  name(member);
  put('"');
  put(value);
  put('"');
  return *this;
}

JsonWriter& JsonWriter::truth(std::string_view member, bool value) {
  name(member);
  put(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::whole(std::string_view member, int64_t value) {
  name(member);
  digits(value);
  return *this;
}

JsonWriter& JsonWriter::number(std::string_view member, double value, int decimals) {
  name(member);
  int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const double scaled = std::round(value * static_cast<double>(scale));
  if (!(std::fabs(scaled) < 1e15)) {
    put("null");
    return *this;
  }
  int64_t units = static_cast<int64_t>(std::fabs(scaled));
  if (scaled < 0 && units != 0) put('-');
  digits(units / scale);
  int64_t rest = units % scale;
  if (rest != 0) put('.');
  for (int64_t place = scale / 10; rest != 0; place /= 10) {
    put(static_cast<char>('0' + rest / place));
    rest %= place;
  }
  return *this;
}

JsonWriter& JsonWriter::item(std::string_view value) {
  return text({}, value);
}

}  // namespace cp
