// SPDX-License-Identifier: MPL-2.0
#include "bed-simulator/control.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>

#include "base/json.h"

namespace facet::bed_simulator {
namespace {

using base::Json;

constexpr std::size_t max_line = 1024;
constexpr int patience_ms = 5000;

std::optional<sockaddr_un> address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto text = path.string();
  if (text.size() >= sizeof address.sun_path) return {};
  std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
  return address;
}

const sockaddr* raw(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool wait_for(int fd) {
  pollfd waiting{fd, POLLIN, 0};
  return ::poll(&waiting, 1, patience_ms) > 0;
}

std::optional<std::string> read_line(int fd, std::size_t max) {
  std::string line;
  char c = 0;
  while (line.size() < max && wait_for(fd) && ::read(fd, &c, 1) == 1) {
    if (c == '\n') return line;
    line += c;
  }
  return {};
}

bool write_line(int fd, const std::string& text) {
  std::string_view left;
  const std::string line = text + "\n";
  for (left = line; !left.empty();) {
    const auto n = ::send(fd, left.data(), left.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

struct Typed {
  std::string command;
  std::string argument;
};

/// "code K7Q2" or {"command":"code","argument":"K7Q2"}.
Typed parse(const std::string& line) {
  if (line.starts_with("{")) {
    const auto json = base::parse_json(line, {max_line, 2});
    const auto text = [&](const char* name) {
      return json && json->contains(name) && (*json)[name].is_string()
                 ? (*json)[name].get<std::string>()
                 : std::string();
    };
    return {text("command"), text("argument")};
  }
  const auto space = line.find(' ');
  if (space == std::string::npos) return {line, ""};
  return {line.substr(0, space), line.substr(space + 1)};
}

}  // namespace

base::Result<std::unique_ptr<ControlSocket>> ControlSocket::listen(
    const std::filesystem::path& path, Bed& bed, std::function<void()> service) {
  const auto failed =
      base::fail(base::ErrorCode::unavailable, "control", "The control socket cannot be made.");
  const auto address = address_of(path);
  if (!address) return failed;
  std::unique_ptr<ControlSocket> made(new ControlSocket(bed, std::move(service)));
  made->fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  made->stop_fd_ = ::eventfd(0, EFD_CLOEXEC);
  ::unlink(path.c_str());
  const auto mask = ::umask(0177);
  const bool bound = made->fd_ >= 0 && made->stop_fd_ >= 0 &&
                     ::bind(made->fd_, raw(*address), sizeof *address) == 0 &&
                     ::listen(made->fd_, 8) == 0;
  ::umask(mask);
  if (!bound) return failed;
  made->path_ = path;
  made->thread_ = std::thread([socket = made.get()] { socket->run(); });
  return made;
}

ControlSocket::~ControlSocket() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto n = ::write(stop_fd_, &one, sizeof one);
  if (thread_.joinable()) thread_.join();
  if (!path_.empty()) ::unlink(path_.c_str());
  if (fd_ >= 0) ::close(fd_);
  if (stop_fd_ >= 0) ::close(stop_fd_);
}

void ControlSocket::run() {
  std::array<pollfd, 2> fds{{{fd_, POLLIN, 0}, {stop_fd_, POLLIN, 0}}};
  while (::poll(fds.data(), fds.size(), -1) >= 0 && fds[1].revents == 0) {
    const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    serve(fd);
    ::close(fd);
  }
}

void ControlSocket::serve(int fd) {
  if (const auto line = read_line(fd, max_line)) write_line(fd, answer(*line));
}

std::string ControlSocket::answer(const std::string& line) {
  const auto [command, argument] = parse(line);
  LocalAnswer said{true, "", ""};
  if (command == "lie_down") {
    said = bed_.lie_down();
  } else if (command == "get_up") {
    said = bed_.get_up();
  } else if (command == "code") {
    said = bed_.enter_code(argument);
  } else if (command == "press") {
    std::int64_t held_ms = 600;
    std::from_chars(argument.data(), argument.data() + argument.size(), held_ms);
    said = bed_.press(held_ms);
  } else if (command == "pause") {
    said = bed_.pause();
  } else if (command == "stop") {
    said = bed_.stop();
  } else if (command == "estop") {
    said = bed_.emergency_stop();
  } else if (command == "estop_release") {
    said = bed_.release_emergency_stop();
  } else if (command == "service") {
    service_();
  } else if (command != "status") {
    said = {false, "UNKNOWN_ACTION", "There is no such control."};
  }
  auto json = bed_.describe();
  json["ok"] = said.ok;
  json["code"] = said.code;
  json["text"] = said.text;
  return json.dump();
}

base::Result<std::string> control(const std::filesystem::path& path, const std::string& command) {
  const auto address = address_of(path);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::optional<std::string> line;
  if (address && fd >= 0 && ::connect(fd, raw(*address), sizeof *address) == 0 &&
      write_line(fd, command))
    line = read_line(fd, 1 << 20);
  if (fd >= 0) ::close(fd);
  if (!line)
    return base::fail(base::ErrorCode::unavailable, "control", "The bed does not answer there.");
  return *line;
}

}  // namespace facet::bed_simulator
