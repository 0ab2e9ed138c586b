#include "json.hpp"

#include <cmath>

namespace cp {
namespace {

/// A cursor over the text. Every failure leaves its reason in `why` and makes the functions return false.
struct Reader {
  char* at;
  char* end;
  const char* why = nullptr;

  bool fail(const char* reason) {
    if (!why) why = reason;
    return false;
  }
  bool more() const { return at < end; }
  void skip_space() {
    while (more() && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) ++at;
  }
  bool take(char wanted) {
    if (!more() || *at != wanted) return false;
    ++at;
    return true;
  }
  bool word(std::string_view wanted) {
    if (static_cast<size_t>(end - at) < wanted.size() || std::string_view(at, wanted.size()) != wanted) {
      return fail("syntax");
    }
    at += wanted.size();
    return true;
  }

  bool string(std::string_view& out, bool unescape);
  bool escape(char*& to, bool unescape);
  bool number(JsonValue& out);
  bool skip(int depth);
  bool value(JsonValue& out, int depth, bool unescape);
  bool members(int depth, bool object);
};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// UTF-8 of a code point of the basic plane; never longer than its escape.
char* utf8(char* to, int code) {
  if (code < 0x80) {
    *to++ = static_cast<char>(code);
  } else if (code < 0x800) {
    *to++ = static_cast<char>(0xC0 | (code >> 6));
    *to++ = static_cast<char>(0x80 | (code & 0x3F));
  } else {
    *to++ = static_cast<char>(0xE0 | (code >> 12));
    *to++ = static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    *to++ = static_cast<char>(0x80 | (code & 0x3F));
  }
  return to;
}

bool Reader::escape(char*& to, bool unescape) {
  if (!more()) return fail("unterminated");
  const char kind = *at++;
  int code = -1;
  switch (kind) {
    case '"': case '\\': case '/': code = kind; break;
    case 'b': code = '\b'; break;
    case 'f': code = '\f'; break;
    case 'n': code = '\n'; break;
    case 'r': code = '\r'; break;
    case 't': code = '\t'; break;
    case 'u': {
      if (end - at < 4) return fail("unterminated");
      code = 0;
      for (int i = 0; i < 4; ++i) {
        const int digit = hex(*at++);
        if (digit < 0) return fail("escape");
        code = code * 16 + digit;
      }
      break;
    }
    default: return fail("escape");
  }
  if (unescape) to = utf8(to, code);
  return true;
}

bool Reader::string(std::string_view& out, bool unescape) {
  if (!take('"')) return fail("syntax");
  char* const start = at;
  char* to = at;
  while (more()) {
    const char c = *at++;
    if (c == '"') {
      out = std::string_view(start, static_cast<size_t>((unescape ? to : at - 1) - start));
      return true;
    }
    if (static_cast<unsigned char>(c) < 0x20) return fail("control_character");
    if (c == '\\') {
      if (!escape(to, unescape)) return false;
    } else if (unescape) {
      *to++ = c;
    }
  }
  return fail("unterminated");
}

bool is_digit(const char* at, const char* end) { return at < end && *at >= '0' && *at <= '9'; }

/// Own conversion, since the platform's may take memory from the heap.
bool Reader::number(JsonValue& out) {
  char* const start = at;
  const bool negative = take('-');
  if (!is_digit(at, end)) return fail("syntax");
  const bool leading_zero = *at == '0';
  double value = 0;
  int digits = 0;
  for (; is_digit(at, end); ++at, ++digits) value = value * 10 + (*at - '0');
  if (leading_zero && digits > 1) return fail("number");
  int exponent = 0;
  if (take('.')) {
    if (!is_digit(at, end)) return fail("number");
    for (; is_digit(at, end); ++at, --exponent) value = value * 10 + (*at - '0');
  }
  if (more() && (*at == 'e' || *at == 'E')) {
    ++at;
    const bool down = more() && *at == '-';
    if (more() && (*at == '-' || *at == '+')) ++at;
    if (!is_digit(at, end)) return fail("number");
    int shift = 0;
    for (; is_digit(at, end); ++at) shift = shift > 999 ? 1000 : shift * 10 + (*at - '0');
    exponent += down ? -shift : shift;
  }
  value = exponent < 0 ? value / std::pow(10.0, -exponent) : value * std::pow(10.0, exponent);
  if (!std::isfinite(value)) return fail("number");
  out.type = JsonType::Number;
  out.number = negative ? -value : value;
  out.text = std::string_view(start, static_cast<size_t>(at - start));
  return true;
}

bool Reader::value(JsonValue& out, int depth, bool unescape) {
  if (!more()) return fail("unterminated");
  char* const start = at;
  switch (*at) {
    case '"': out.type = JsonType::String; return string(out.text, unescape);
    case 't': out.type = JsonType::True; return word("true");
    case 'f': out.type = JsonType::False; return word("false");
    case 'n': out.type = JsonType::Null; return word("null");
    case '{': case '[':
      out.type = *at == '{' ? JsonType::Object : JsonType::Array;
      if (!skip(depth)) return false;
      out.text = std::string_view(start, static_cast<size_t>(at - start));
      return true;
    default: return number(out);
  }
}

bool Reader::skip(int depth) {
  if (depth >= JsonObject::deepest) return fail("depth");
  const bool object = *at++ == '{';
  const char closing = object ? '}' : ']';
  skip_space();
  if (take(closing)) return true;
  for (;;) {
    skip_space();
    if (object) {
      std::string_view name;
      if (!string(name, false)) return false;
      skip_space();
      if (!take(':')) return fail(more() ? "syntax" : "unterminated");
      skip_space();
    }
    JsonValue ignored;
    if (!value(ignored, depth + 1, false)) return false;
    skip_space();
    if (take(closing)) return true;
    if (!take(',')) return fail(more() ? "syntax" : "unterminated");
  }
}

}  // namespace

bool JsonValue::whole() const {
  return type == JsonType::Number && number == std::floor(number) && std::fabs(number) <= 9007199254740991.0;
}

const char* JsonObject::parse(char* text, size_t size) {
  size_ = 0;
  Reader reader{text, text + size};
  reader.skip_space();
  if (!reader.take('{')) return "not_an_object";
  reader.skip_space();
  bool done = reader.take('}');
  while (!done) {
    if (size_ == most_members) return "too_many_members";
    reader.skip_space();
    if (!reader.string(names_[size_], true)) return reader.why;
    reader.skip_space();
    if (!reader.take(':')) return reader.more() ? "syntax" : "unterminated";
    reader.skip_space();
    values_[size_] = {};
    if (!reader.value(values_[size_], 1, true)) return reader.why;
    ++size_;
    reader.skip_space();
    done = reader.take('}');
    if (!done && !reader.take(',')) return reader.more() ? "syntax" : "unterminated";
  }
  reader.skip_space();
  return reader.more() ? "trailing" : nullptr;
}

bool JsonObject::parse(const JsonValue& value) {
  // The text of a nested value is a part of the line that was given to us to write in.
  return value.type == JsonType::Object && !parse(const_cast<char*>(value.text.data()), value.text.size());
}

const JsonValue* JsonObject::find(std::string_view name) const {
  for (size_t i = size_; i-- > 0;) {
    if (names_[i] == name) return &values_[i];
  }
  return nullptr;
}

}  // namespace cp
