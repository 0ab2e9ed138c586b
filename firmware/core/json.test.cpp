#include "json.hpp"

#include <cmath>
#include <tuple>

#include "json_writer.hpp"
#include "../host/check.hpp"

namespace {

/// Why the text is refused, or "" when it is read.
std::string refusal(std::string text) {
  cp::JsonObject object;
  const char* why = object.parse(text.data(), text.size());
  return why ? why : "";
}

}  // namespace

TEST("reads every kind of value") {
  std::string text = R"( {"s":"a\"\\\/\b\n\u0041\u00e9\u20ac","n":-12.5e1,"t":true,"f":false,"z":null,"o":{"x":[1,{}]},"a":[]} )";
  cp::JsonObject object;
  CHECK(object.parse(text.data(), text.size()) == nullptr);
  EQUAL(object.size(), 7u);
  EQUAL(object.find("s")->text, "a\"\\/\b\nA\xC3\xA9\xE2\x82\xAC");
  EQUAL(object.find("n")->number, -125.0);
  CHECK(object.find("t")->truth() && !object.find("f")->truth() && object.find("f")->is_bool());
  CHECK(object.find("z")->type == cp::JsonType::Null);
  CHECK(object.find("none") == nullptr);
  cp::JsonObject inner;
  CHECK(inner.parse(*object.find("o")));
  EQUAL(inner.find("x")->text, "[1,{}]");
  CHECK(!inner.parse(*object.find("a")));
}

TEST("of two members with one name the last counts") {
  std::string text = R"({"a":1,"a":2})";
  cp::JsonObject object;
  CHECK(object.parse(text.data(), text.size()) == nullptr);
  EQUAL(object.find("a")->number, 2);
}

TEST("reads numbers as they are written") {
  const std::pair<const char*, double> rows[] = {{"0", 0},        {"-0", 0},      {"5", 5},      {"5.25", 5.25}, {"1e3", 1000},
                                                 {"1E-2", 0.01}, {"240", 240}, {"0.5e+1", 5}, {"1e-400", 0}};
  for (const auto& [digits, value] : rows) {
    std::string text = std::string("{\"n\":") + digits + "}";
    cp::JsonObject object;
    CHECK(object.parse(text.data(), text.size()) == nullptr);
    EQUAL(object.find("n")->number, value);
  }
  std::string text = R"({"a":3,"b":3.5,"c":1e300,"d":"3"})";
  cp::JsonObject object;
  CHECK(object.parse(text.data(), text.size()) == nullptr);
  CHECK(object.find("a")->whole() && !object.find("b")->whole() && !object.find("c")->whole() && !object.find("d")->whole());
}

TEST("refuses what is no JSON object, and says why") {
  const std::pair<const char*, const char*> rows[] = {
      {"", "not_an_object"},
      {"[1]", "not_an_object"},
      {"5", "not_an_object"},
      {"{", "syntax"},
      {"{\"a\"}", "syntax"},
      {"{\"a\"", "unterminated"},
      {"{\"a\":", "unterminated"},
      {"{\"a\":1", "unterminated"},
      {"{\"a\":1,}", "syntax"},
      {"{\"a\":1 \"b\":2}", "syntax"},
      {"{\"a\":1}}", "trailing"},
      {"{\"a\":\"x", "unterminated"},
      {"{\"a\":\"\\", "unterminated"},
      {"{\"a\":\"\\x\"}", "escape"},
      {"{\"a\":\"\\u12", "unterminated"},
      {"{\"a\":\"\\u12zz\"}", "escape"},
      {"{\"a\":\"\x01\"}", "control_character"},
      {"{\"a\":01}", "number"},
      {"{\"a\":1.}", "number"},
      {"{\"a\":1e}", "number"},
      {"{\"a\":1e999}", "number"},
      {"{\"a\":.5}", "syntax"},
      {"{\"a\":+1}", "syntax"},
      {"{\"a\":NaN}", "syntax"},
      {"{\"a\":nul}", "syntax"},
      {"{a:1}", "syntax"},
      {"{'a':1}", "syntax"},
      {"{\"a\":[[[[[[1]]]]]]}", "depth"},
      {"{\"a\":[1,}", "syntax"},
  };
  for (const auto& [text, why] : rows) {
    context = std::string(text) + ": ";
    EQUAL(refusal(text), why);
  }
  std::string many = "{\"a\":0";
  for (int i = 0; i < 16; ++i) many += ",\"a\":0";
  EQUAL(refusal(many + "}"), "too_many_members");
}

TEST("writes numbers short and without an exponent") {
  const std::tuple<double, int, const char*> rows[] = {{5, 2, "5"},       {5.5, 2, "5.5"},   {-0.004, 2, "0"},  {0.05, 2, "0.05"},
                                                       {-12.25, 2, "-12.25"}, {99.999, 2, "100"}, {1e14, 0, "100000000000000"},
                                                       {1e16, 0, "null"}, {std::nan(""), 1, "null"}};
  for (const auto& [value, decimals, text] : rows) {
    cp::JsonWriter writer;
    writer.open().number("n", value, decimals).close();
    EQUAL(std::string_view(writer.data(), writer.size()), std::string("{\"n\":") + text + "}");
  }
}

TEST("a line that does not fit is known for it") {
  cp::JsonWriter writer;
  writer.open();
  for (int i = 0; i < 100; ++i) writer.text("name", "value");
  CHECK(!writer.fits());
  CHECK(writer.size() <= cp::JsonWriter::longest);
}
