// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/demo_bed.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>
#include <vector>

#include "hosts/common/host_error.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/signals.h"

namespace facet::hosts::demo {
namespace {

constexpr std::chrono::seconds kLongestStart{10};
constexpr std::chrono::seconds kLongestReply{10};
constexpr std::chrono::seconds kLongestStop{3};
constexpr std::chrono::milliseconds kPoll{20};
constexpr size_t kLongestLine = 64 * 1024;

// Asks again until it is so or the time is up.
template <typename Question>
bool wait_until(std::chrono::milliseconds longest, Question question) {
  const auto deadline = std::chrono::steady_clock::now() + longest;
  while (!question()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

std::filesystem::path make_short_folder() {
  char pattern[] = "/tmp/facet-bed-XXXXXX";
  if (!mkdtemp(pattern)) throw HostError("cannot make a folder in /tmp");
  return pattern;
}

std::string read_line(Poco::Net::StreamSocket& socket) {
  std::string line;
  char block[4096];
  while (line.find('\n') == std::string::npos && line.size() < kLongestLine) {
    const int count = socket.receiveBytes(block, sizeof block);
    if (count <= 0) throw HostError("the bed hung up");
    line.append(block, static_cast<size_t>(count));
  }
  return line;
}

// The child's side of fork: only calls that are safe there.
[[noreturn]] void become_bed(char* const* arguments, int log, pid_t parent) {
  release_stop_signals();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(127);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execv(arguments[0], arguments);
  _exit(127);
}

}  // namespace

std::filesystem::path default_bed_path() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "facet-bed";
}

DemoBed::DemoBed(const Options& options) : folder_(make_short_folder()) {
  try {
    start(options);
    wait_until_it_answers();
  } catch (...) {
    stop();
    throw;
  }
}

DemoBed::~DemoBed() {
  stop();
}

void DemoBed::start(const Options& options) {
  if (!std::filesystem::exists(options.program)) {
    throw HostError("there is no bed at " + options.program.string() + ": build facet-bed");
  }
  make_private_folder(options.state);
  std::vector<std::string> words = {options.program.string(),
                                    "--state",
                                    options.state.string(),
                                    "--gateway",
                                    "127.0.0.1:" + std::to_string(options.gateway_port),
                                    "--pairing",
                                    "127.0.0.1:" + std::to_string(options.pairing_port),
                                    "--control",
                                    (folder_ / "control").string(),
                                    "--time-scale",
                                    std::to_string(options.time_scale)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int log = ::open(options.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) throw HostError("cannot write " + options.log.string());
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ == 0) become_bed(arguments.data(), log, parent);
  ::close(log);
  if (process_ < 0) throw HostError("cannot start the bed's process");
}

bool DemoBed::has_ended() {
  if (process_ <= 0) return true;
  if (waitpid(process_, nullptr, WNOHANG) != process_) return false;
  process_ = -1;
  return true;
}

void DemoBed::wait_until_it_answers() {
  const bool answers = wait_until(kLongestStart, [&] {
    if (has_ended()) throw HostError("the bed ended at once; its log says why");
    try {
      status();
      return true;
    } catch (const HostError&) {
      return false;
    }
  });
  if (!answers) throw HostError("the bed does not open its control socket");
}

Json DemoBed::command(const std::string& name, const std::string& argument) {
  const std::string line = Json{{"command", name}, {"argument", argument}}.dump() + "\n";
  try {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress(Poco::Net::SocketAddress::UNIX_LOCAL,
                                                            (folder_ / "control").string()));
    socket.setReceiveTimeout(Poco::Timespan(kLongestReply.count(), 0));
    socket.sendBytes(line.data(), static_cast<int>(line.size()));
    const Json reply = Json::parse(read_line(socket), nullptr, false);
    if (!reply.is_object()) throw HostError("the bed's reply is no JSON object");
    return reply;
  } catch (const Poco::Exception&) {
    throw HostError("the bed does not answer");
  }
}

std::string DemoBed::pairing_code() {
  std::string code;
  const bool shown = wait_until(kLongestStart, [&] {
    const Json reply = status();
    if (reply.contains("pairing_code") && reply["pairing_code"].is_string()) {
      code = reply["pairing_code"];
    }
    return !code.empty();
  });
  if (!shown) throw HostError("the bed shows no pairing code");
  return code;
}

void DemoBed::stop() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    if (!wait_until(kLongestStop, [this] { return has_ended(); })) {
      ::kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace facet::hosts::demo
