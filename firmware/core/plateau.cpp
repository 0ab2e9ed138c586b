#include "plateau.hpp"

namespace cp {
namespace {

constexpr size_t kept = 24;
/// Of those, the outermost is taken for a spike and the next ones are averaged.
constexpr size_t trimmed = 1;
constexpr size_t averaged = 8;
constexpr uint16_t narrow_millivolts = 40;

/// The outermost samples of a burst, the most extreme first.
template <typename Beyond>
class Extremes {
 public:
  void add(uint16_t value) {
    if (size_ == kept && !beyond_(value, values_[kept - 1])) return;
    size_t at = size_ < kept ? size_++ : kept - 1;
    for (; at > 0 && beyond_(value, values_[at - 1]); --at) values_[at] = values_[at - 1];
    values_[at] = value;
  }

  uint16_t mean() const {
    uint32_t sum = 0;
    for (size_t i = first(); i < last(); ++i) sum += values_[i];
    const uint32_t count = static_cast<uint32_t>(last() - first());
    if (count == 0) return 0;
    return static_cast<uint16_t>((sum + count / 2) / count);
  }

  uint16_t spread() const {
    if (size_ == 0) return 0;
    const uint16_t a = values_[first()], b = values_[last() - 1];
    return a > b ? static_cast<uint16_t>(a - b) : static_cast<uint16_t>(b - a);
  }

 private:
  size_t first() const { return size_ > trimmed ? trimmed : 0; }
  size_t last() const { return first() + averaged < size_ ? first() + averaged : size_; }

  uint16_t values_[kept] = {};
  size_t size_ = 0;
  Beyond beyond_{};
};

struct Higher {
  bool operator()(uint16_t a, uint16_t b) const { return a > b; }
};
struct Lower {
  bool operator()(uint16_t a, uint16_t b) const { return a < b; }
};

}  // namespace

Plateaus plateaus(const uint16_t* millivolts, size_t count) {
  Extremes<Higher> highest;
  Extremes<Lower> lowest;
  for (size_t i = 0; i < count; ++i) {
    highest.add(millivolts[i]);
    lowest.add(millivolts[i]);
  }
  return {highest.mean(), lowest.mean(), highest.spread() <= narrow_millivolts};
}

}  // namespace cp
