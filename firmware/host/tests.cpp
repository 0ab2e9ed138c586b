#include "check.hpp"

/// Folder of the shared vectors.
std::string vectors;

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: tests VECTORS\n", stderr);
    return 2;
  }
  vectors = arguments[1];
  for (const Test& test : tests()) {
    const int before = failures;
    context.clear();
    test.body();
    std::printf("%s %s\n", failures == before ? "ok    " : "FAILED", test.name);
  }
  std::printf("%zu tests, %d checks, %d failures\n", tests().size(), checks, failures);
  return failures == 0 && checks > 0 ? 0 : 1;
}
