// SPDX-License-Identifier: MPL-2.0
#include "bedlink/support.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "bed-simulator/control.h"

extern char** environ;

namespace facet::test {

std::int64_t now_ms() {
  return base::SystemClock().now_ms();
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "facet-XXXXXX").string();
  path = ::mkdtemp(name.data());
}
Folder::~Folder() {
  std::error_code error;
  std::filesystem::remove_all(path, error);
}

bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

const bedlink::ClinicKeys& clinic_keys() {
  static const Folder folder;
  static const auto keys =
      bedlink::open_clinic_keys(folder.path, clinic_id, {"localhost", "127.0.0.1"}, now_ms());
  REQUIRE(keys);
  return *keys;
}

void Clinic::changed() {
  news_.notify_all();
}

bool Clinic::wait(const std::function<bool()>& holds, std::chrono::milliseconds deadline) {
  std::unique_lock lock(mutex);
  return news_.wait_for(lock, deadline, holds);
}

int Clinic::count(const std::string& type) {
  int n = 0;
  for (const auto& [seq, event] : events) n += event.type == type ? 1 : 0;
  return n;
}

bool Clinic::saw_security(const std::string& type) {
  return wait([&] { return std::find(security.begin(), security.end(), type) != security.end(); });
}

void Clinic::allow(const std::string& spki) {
  const std::lock_guard lock(mutex);
  allowed_.insert(spki);
}
void Clinic::forbid(const std::string& spki) {
  const std::lock_guard lock(mutex);
  allowed_.erase(spki);
}

bool Clinic::is_allowed(const std::string&, const std::string& spki) {
  const std::lock_guard lock(mutex);
  return allow_anybody || allowed_.contains(spki);
}

bedlink::HelloDecision Clinic::on_hello(const bedlink::Hello&) {
  const std::lock_guard lock(mutex);
  ++hellos;
  changed();
  return {bedlink::HelloDecision::Status::accepted, epoch,
          events.empty() ? 0 : events.rbegin()->first};
}
void Clinic::on_online(const std::string&) {
  const std::lock_guard lock(mutex);
  ++online;
  changed();
}
void Clinic::on_disconnected(const std::string&) {
  const std::lock_guard lock(mutex);
  ++disconnected;
  changed();
}
std::optional<std::uint64_t> Clinic::on_events(const std::string&, const std::string&,
                                               const std::vector<bedlink::Event>& came) {
  const std::lock_guard lock(mutex);
  received += static_cast<int>(came.size());
  if (!recording) {
    changed();
    return {};
  }
  for (const auto& event : came) events.emplace(event.seq, event);
  changed();
  if (die_before_ack) return {};
  return events.rbegin()->first;
}
void Clinic::on_order_reply(const std::string&, const bedlink::OrderReply& reply) {
  const std::lock_guard lock(mutex);
  order_replies.push_back(reply);
  changed();
}
void Clinic::on_command_reply(const std::string&, const bedlink::CommandReply& reply) {
  const std::lock_guard lock(mutex);
  command_replies.push_back(reply);
  changed();
}
bool Clinic::on_ready(const std::string&, const std::string&) {
  return true;
}
void Clinic::on_status(const std::string&, const bedlink::BedStatus& status) {
  const std::lock_guard lock(mutex);
  statuses.push_back(status);
  changed();
}
void Clinic::on_lease_echo(const std::string&, const bedlink::LeaseEcho& echo) {
  const std::lock_guard lock(mutex);
  echoes.push_back(echo);
  changed();
}
void Clinic::on_security_event(const std::string&, const std::string& type) {
  const std::lock_guard lock(mutex);
  security.push_back(type);
  changed();
}

std::unique_ptr<bedlink::Gateway> start_gateway(Clinic& clinic, std::uint16_t port,
                                                std::uint16_t pairing_port) {
  static const base::SystemClock clock;
  bedlink::GatewayOptions options;
  options.port = port;
  options.pairing_port = pairing_port;
  auto gateway = bedlink::Gateway::start(options, clinic_keys(), clinic, clock);
  REQUIRE(gateway);
  return std::move(*gateway);
}

Order good_order(const bedlink::MatchCode& code, std::int64_t duration_s) {
  static std::int64_t counter = 0;
  const auto now = now_ms();
  Order order;
  order.order_id = base::uuid_v7(now);
  order.bed_id = bed_id;
  order.counter = ++counter;
  order.patient_ref = base::uuid_v7(now);
  order.match_code_salt = code.salt;
  order.match_code_hash = code.hash;
  order.program_id = "standard";
  order.program_version = "1";
  order.regions = {"left_lower", "right_lower"};
  order.duration_s = duration_s;
  order.max_force_n = 80;
  order.ramp_n_s = 40;
  order.not_before_ms = now - 60000;
  order.not_after_ms = now + 3600000;
  order.ttl_s = 3600;
  order.epoch = 7;
  return order;
}

std::string signed_order(const Order& order) {
  auto jws = bedlink::sign_order(clinic_keys().order_key, order);
  REQUIRE(jws);
  return *jws;
}

BedProcess::BedProcess(std::filesystem::path state, std::uint16_t gateway, std::uint16_t pairing,
                       std::vector<std::string> more)
    : socket_(state / "control") {
  std::vector<std::string> words{FACET_BED,
                                 "--state",
                                 state.string(),
                                 "--gateway",
                                 "127.0.0.1:" + std::to_string(gateway),
                                 "--pairing",
                                 "127.0.0.1:" + std::to_string(pairing)};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  REQUIRE(posix_spawn(&pid_, FACET_BED, nullptr, nullptr, argv.data(), environ) == 0);
  REQUIRE(eventually([&] { return bed_simulator::control(socket_, "status").has_value(); }));
}

BedProcess::~BedProcess() {
  if (pid_ > 0) kill();
}

int BedProcess::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
int BedProcess::terminate() {
  ::kill(pid_, SIGTERM);
  return wait();
}
void BedProcess::kill() {
  ::kill(pid_, SIGKILL);
  wait();
}

base::Json BedProcess::control(const std::string& command) {
  const auto line = bed_simulator::control(socket_, command);
  REQUIRE(line);
  return base::parse_json(*line).value();
}

bool pair(bedlink::Gateway& gateway, Clinic& clinic, BedProcess& bed) {
  std::string code;
  if (!eventually([&] { return !(code = bed.status()["pairing_code"]).empty(); })) return false;
  const auto paired = gateway.pair(bed_id, code, 15s);
  if (!paired) return false;
  clinic.allow(paired->spki);
  return clinic.wait([&] { return clinic.online > 0; });
}

}  // namespace facet::test
