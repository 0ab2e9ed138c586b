#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "../core/types.hpp"
#include "rig.hpp"

namespace bench {

/// The helper's end of the plant protocol (PROTOCOL.md, chapter 5): takes the wire's levels, contacts, temperatures and meter from the
/// plant, and passes the line and the coil on to it.
class PlantClient {
 public:
  /// `where` is the path of the plant's `evse` socket, or `-` for standard input and output.
  PlantClient(std::string where, Rig& rig);
  ~PlantClient();

  int fd() const { return in_; }
  /// Connects when it is time to, sends the keep-alive, and gives up a plant that has fallen silent.
  void tick(cp::Ms now);
  /// Takes in what has come. False at the end of standard input.
  bool receive(cp::Ms now);
  /// The helper has changed a pin.
  void pins_changed();

 private:
  void connect(cp::Ms now);
  void lose(cp::Ms now);
  void greet();
  void send(const std::string& line);
  void handle(char* line, size_t size, cp::Ms now);

  std::string where_;
  Rig& rig_;
  int in_ = -1;
  int out_ = -1;
  int next_id_ = 1;
  std::string buffer_;
  cp::Output line_told_;
  bool coil_told_ = false;
  cp::Ms retry_at_ = 0;
  cp::Ms pinged_at_ = 0;
  cp::Ms heard_at_ = 0;
};

}  // namespace bench
