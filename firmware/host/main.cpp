#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>

#include "../core/version.hpp"
#include "plant_client.hpp"
#include "player.hpp"
#include "pty.hpp"

namespace {

constexpr const char* usage =
    "usage: cp-helper [--plant SOCKET|-] [--link PATH] [--die-with-parent]\n"
    "       cp-helper --plant SOCKET --serial - [--die-with-parent]\n"
    "       cp-helper --cable [--link PATH] [--die-with-parent]\n"
    "       cp-helper --replay < SCRIPT\n"
    "The pilot helper on a pseudo-terminal, whose path is the first line of standard error.\n"
    "  --plant SOCKET     measure and act in a plant, reached at its evse socket; - is standard input and output\n"
    "                     without it, standard input is a script: stimuli as JSON lines, applied when they come\n"
    "  --serial -         the serial line is standard input and output\n"
    "  --cable            no helper: a pseudo-terminal whose other end is standard input and output\n"
    "  --link PATH        make PATH a symbolic link to the pseudo-terminal\n"
    "  --die-with-parent  end when the process that started us does\n"
    "  --replay           play a script in virtual time\n";

struct Options {
  std::optional<std::string> plant, link;
  bool replay = false, die = false, cable = false, stdio = false;
};

volatile sig_atomic_t ended = 0;

cp::Ms monotonic() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<cp::Ms>(now.tv_sec) * 1000 + static_cast<cp::Ms>(now.tv_nsec) / 1000000;
}

std::optional<Options> parse(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word(arguments[i]);
    const bool more = i + 1 < count;
    if (word == "--replay") options.replay = true;
    else if (word == "--die-with-parent") options.die = true;
    else if (word == "--cable") options.cable = true;
    else if (word == "--serial" && more && std::string_view(arguments[i + 1]) == "-") options.stdio = true, ++i;
    else if (word == "--plant" && more) options.plant = arguments[++i];
    else if (word == "--link" && more) options.link = arguments[++i];
    else return std::nullopt;
  }
  const bool fits = options.cable ? !options.plant && !options.stdio : !options.stdio || (options.plant && *options.plant != "-" && !options.link);
  return fits ? std::optional(options) : std::nullopt;
}

/// A pseudo-terminal that tells where it is: its path is the first line of standard error, and a link leads to it.
class Place {
 public:
  Place(const bench::Pty& pty, const std::optional<std::string>& link) : link_(link) {
    if (link) {
      unlink(link->c_str());
      if (symlink(pty.path().c_str(), link->c_str()) != 0) throw std::runtime_error("cannot make " + *link);
    }
    std::fprintf(stderr, "%s\n", pty.path().c_str());
  }
  ~Place() {
    if (link_) unlink(link_->c_str());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  const std::optional<std::string> link_;
};

/// Carries bytes between a pseudo-terminal and standard input and output, until either a signal or the end of the input.
int carry(const Options& options) {
  bench::Pty pty;
  bench::Stdio rest;
  const Place place(pty, options.link);
  while (!ended && !rest.gone()) {
    const bool heard = pty.heard();
    pollfd fds[2] = {{heard ? pty.fd() : -1, POLLIN, 0}, {rest.fd(), POLLIN, 0}};
    poll(fds, 2, heard ? 100 : 5);
    char bytes[4096];
    if (const size_t got = pty.read(bytes, sizeof bytes)) rest.pass({bytes, got});
    // Nobody has opened it: what comes is lost, as on a serial line.
    if (const size_t got = rest.read(bytes, sizeof bytes); got > 0 && pty.heard()) pty.pass({bytes, got});
  }
  return 0;
}

/// Applies the lines of a script as they come from standard input.
class Script {
 public:
  explicit Script(bench::Rig& rig) : rig_(rig) {}

  /// False at the end of the input.
  bool receive(cp::Ms now) {
    char bytes[4096];
    const ssize_t got = read(0, bytes, sizeof bytes);
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<size_t>(got));
    for (size_t end; (end = buffer_.find('\n')) != std::string::npos; buffer_.erase(0, end + 1)) {
      cp::JsonObject line;
      const char* why = line.parse(buffer_.data(), end);
      const std::string wrong = why ? why : rig_.stimulate(line, now);
      if (!wrong.empty()) std::fprintf(stderr, "script: %s\n", wrong.c_str());
    }
    return buffer_.size() < 65536;
  }

 private:
  bench::Rig& rig_;
  std::string buffer_;
};

/// The helper, its line and what it measures in, until a signal or the end of standard input.
int serve(const Options& options) {
  std::optional<bench::Pty> pty;
  std::optional<bench::Stdio> stdio;
  if (options.stdio) stdio.emplace();
  else pty.emplace();
  bench::SerialEnd& serial = options.stdio ? static_cast<bench::SerialEnd&>(*stdio) : *pty;
  bench::Rig rig;
  const cp::Ms start = monotonic();
  const auto now = [start] { return monotonic() - start; };
  std::optional<bench::PlantClient> plant;
  Script script(rig);
  if (options.plant) plant.emplace(*options.plant, rig);

  bool restart = false;
  rig.on_line = [&](std::string_view line) { return serial.write(line); };
  rig.on_restart = [&] { restart = true; };
  rig.on_pins = [&] {
    if (plant) {
      plant->pins_changed();
    } else {
      std::printf("{\"pins\":%s}\n", rig.pins().c_str());
      std::fflush(stdout);
    }
  };
  std::optional<Place> place;
  if (pty) place.emplace(*pty, options.link);

  rig.begin(now());
  bool listening = true;
  while (!ended && !restart && !serial.gone()) {
    pollfd fds[2] = {{serial.heard() ? serial.fd() : -1, POLLIN, 0}, {plant ? plant->fd() : listening ? 0 : -1, POLLIN, 0}};
    poll(fds, 2, rig.coil() ? 2 : 5);
    if (fds[1].revents != 0) {
      if (plant ? !plant->receive(now()) : !script.receive(now())) {
        if (plant) break;
        listening = false;
      }
    }
    char bytes[4096];
    if (const size_t got = serial.read(bytes, sizeof bytes)) rig.receive({bytes, got}, now());
    if (plant) plant->tick(now());
    rig.step(now());
  }
  // What a reset of the board does: contactor open, line high. The next start is the supervisor's.
  rig.coil(false);
  rig.drive({});
  return restart ? 3 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && std::strcmp(arguments[1], "--help") == 0) return std::fputs(usage, stdout) < 0;
  if (count == 2 && std::strcmp(arguments[1], "--version") == 0) return std::puts(cp::firmware_version) < 0;
  const std::optional<Options> options = parse(count, arguments);
  if (!options) {
    std::fputs(usage, stderr);
    return 2;
  }
  if (options->replay) return bench::replay(stdin, stdout);
  struct sigaction end{};
  end.sa_handler = [](int) { ended = 1; };
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &end, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (options->die && (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() == 1)) return 1;
  try {
    return options->cable ? carry(*options) : serve(*options);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "cp-helper: %s\n", problem.what());
    return 1;
  }
}
