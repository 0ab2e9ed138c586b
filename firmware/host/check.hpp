#pragma once
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

/// A test: TEST("what it shows") { CHECK(…); EQUAL(measured, wanted); }
struct Test {
  const char* name;
  void (*body)();
};
inline std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}
inline int failures = 0, checks = 0;
/// Prefix of what fails, for tests that read a table.
inline std::string context;

inline bool check(bool good, const char* file, int line, const std::string& what) {
  ++checks;
  if (good) return true;
  ++failures;
  std::printf("FAILED %s:%d: %s%s\n", file, line, context.c_str(), what.c_str());
  return false;
}
template <typename A, typename B>
bool equal(const A& measured, const B& wanted, const char* file, int line, const char* what) {
  std::ostringstream text;
  text << what << " is " << measured << ", not " << wanted;
  return check(measured == wanted, file, line, text.str());
}

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEST(name)                                                                           \
  static void JOIN(test_, __LINE__)();                                                       \
  static const bool JOIN(added_, __LINE__) = (tests().push_back({name, JOIN(test_, __LINE__)}), true); \
  static void JOIN(test_, __LINE__)()
#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition)
#define EQUAL(measured, wanted) equal((measured), (wanted), __FILE__, __LINE__, #measured)
