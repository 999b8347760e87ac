// SPDX-License-Identifier: MPL-2.0
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "host/program.h"
#include "host/test_clinic.h"

using namespace facet::hosts;
using namespace facet::hosts::testing;
using Catch::Contains;

namespace {

mode_t mode_of(const std::filesystem::path& path) {
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

// `facet serve` as a child.
class Serving {
 public:
  explicit Serving(const std::filesystem::path& data) : log_(data / "serve.out") {
    std::filesystem::remove(log_);
    process_ = fork();
    if (process_ == 0) {
      std::freopen(log_.c_str(), "w", stdout);
      std::freopen("/dev/null", "w", stderr);
      execl(FACET_PROGRAM, FACET_PROGRAM, "serve", "--data", data.c_str(), "--plugin", ECHO_PLUGIN,
            nullptr);
      _exit(127);
    }
  }
  ~Serving() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  bool says(const std::string& text) {
    return soon([&] { return read_file(log_).find(text) != std::string::npos; });
  }
  // The exit code, or -1 if it does not end in time.
  int end_with(int signal) {
    kill(process_, signal);
    int status = -1;
    const bool ended = soon([&] { return waitpid(process_, &status, WNOHANG) == process_; });
    if (!ended) return -1;
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
  }

 private:
  template <typename Question>
  static bool soon(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < deadline) {
      try {
        if (question()) return true;
      } catch (const std::exception&) {
      }
      std::this_thread::yield();
      usleep(2000);
    }
    return false;
  }

  std::filesystem::path log_;
  pid_t process_ = -1;
};

uint16_t free_port() {
  Poco::Net::ServerSocket probe(Poco::Net::SocketAddress("127.0.0.1", 0));
  return probe.address().port();
}

}  // namespace

TEST_CASE("init makes a folder that only its owner can read, once") {
  const TemporaryFolder temporary;
  const std::filesystem::path data = temporary.path() / "clinic";
  const Outcome first = run("init --data " + data.string());
  REQUIRE(first.exit_code == 0);
  const std::string password = word_after(first.output, "password");
  CHECK(password.size() == 23);
  CHECK(mode_of(data) == 0700);
  CHECK(mode_of(data / "host") == 0700);
  for (const char* file : {"facet.json", "host/accounts.json", "host/https.key"}) {
    CHECK(mode_of(data / file) == 0600);
  }
  CHECK_THAT(read_file(data / "host/accounts.json"), !Contains(password) && Contains("$argon2id$"));
  const std::string before = read_file(data / "host/accounts.json");
  const Outcome second = run("init --data " + data.string());
  CHECK(second.exit_code == 1);
  CHECK_THAT(second.output, Contains("there is a clinic in") && Contains("nothing was changed"));
  CHECK(lines_of(second.output) == 1);
  CHECK(read_file(data / "host/accounts.json") == before);
}

TEST_CASE("init refuses a folder with other things and leaves nothing when it fails") {
  const TemporaryFolder temporary;
  std::ofstream(temporary.path() / "letter.txt") << "dear";
  const Outcome other = run("init --data " + temporary.path().string());
  CHECK(other.exit_code == 1);
  CHECK_THAT(other.output, Contains("not an empty folder"));
  CHECK(std::filesystem::exists(temporary.path() / "letter.txt"));
  const Outcome failed =
      run("init --clinic-name 'fail activate' --data " + (temporary.path() / "new").string());
  CHECK(failed.exit_code == 1);
  CHECK(failed.output == "facet: activate was told to fail\n");
  CHECK_FALSE(std::filesystem::exists(temporary.path() / "new"));
}

TEST_CASE("Accounts and tokens are added, listed and removed") {
  const TemporaryFolder temporary;
  const std::string data = " --data " + (temporary.path() / "clinic").string();
  REQUIRE(run("init" + data).exit_code == 0);
  const Outcome added = run("user add bo --role reception --role physiotherapist" + data);
  CHECK(added.exit_code == 0);
  const std::string first = word_after(added.output, "password");
  CHECK_THAT(run("user list" + data).output,
             Contains("bo") && Contains("reception, physiotherapist"));
  CHECK_THAT(run("user add bo --role admin" + data).output,
             Contains("there is an account bo already"));
  CHECK(word_after(run("user password bo" + data).output, "password") != first);
  CHECK(run("user remove bo" + data).exit_code == 0);
  CHECK(run("user add --role reception bo" + data).exit_code == 0);
  CHECK(run("user remove bo" + data).exit_code == 0);
  CHECK_THAT(run("user remove bo" + data).output, Contains("there is no account bo"));

  const Outcome token = run("token add --label lab --role reception" + data);
  CHECK(token.exit_code == 0);
  const std::string secret = word_after(token.output, "token");
  CHECK(secret.size() == 64);
  CHECK_THAT(read_file(temporary.path() / "clinic/host/accounts.json"), !Contains(secret));
  const Outcome listed = run("token list" + data);
  CHECK_THAT(listed.output, Contains("lab") && !Contains(secret));
  const std::string id = listed.output.substr(0, listed.output.find(' '));
  CHECK(run("token remove " + id + data).exit_code == 0);
  CHECK(run("token list" + data).output.empty());
}

TEST_CASE("Wrong words on the command line get one clear line and exit code 2") {
  const TemporaryFolder temporary;
  const std::string data = " --data " + (temporary.path() / "clinic").string();
  REQUIRE(run("init" + data).exit_code == 0);
  CHECK(run("").output == "facet: name a command. See `facet --help`\n");
  CHECK(run("user").output == "facet: name a command. See `facet user --help`\n");
  CHECK(run("nonsense" + data).output ==
        "facet: there is no command \"facet nonsense\". See `facet --help`\n");
  CHECK(run("doctor").output == "facet: --data is required. See `facet doctor --help`\n");
  const Outcome role = run("user add bo --role king" + data);
  CHECK(role.exit_code == 2);
  CHECK(role.output ==
        "facet: unknown role \"king\": the roles are physiotherapist, reception, admin\n");
  CHECK(run("user list" + data).output.find("bo") == std::string::npos);
  for (const std::string& words :
       {"user add bo" + data, std::string("serve"), "nonsense" + data,
        "user add Bo! --role admin" + data, "export --format xml --out /tmp/x" + data}) {
    const Outcome outcome = run(words);
    INFO(words << ": " << outcome.output);
    CHECK(outcome.exit_code == 2);
    CHECK(lines_of(outcome.output) == 1);
  }
}

TEST_CASE("A folder that is no clinic, damaged settings and a missing plugin are named") {
  const TemporaryFolder temporary;
  const std::string data = (temporary.path() / "clinic").string();
  CHECK_THAT(run("serve --data " + data).output, Contains("is no data folder of Facet"));
  REQUIRE(run("init --data " + data).exit_code == 0);
  write_private_file(data + "/facet.json", R"({"https_port": 99999})");
  CHECK(run("serve --data " + data).output ==
        "facet: facet.json: https_port must be a port from 1 to 65535\n");
  write_private_file(data + "/facet.json", R"({"databse": "sqlite"})");
  CHECK_THAT(run("serve --data " + data).output, Contains("databse is no setting of Facet"));
  write_private_file(data + "/facet.json", "{}");
  CHECK_THAT(run("doctor --data " + data, "/nowhere.so").output,
             Contains("no plugin at /nowhere.so"));
}

TEST_CASE("A refusal by the plugin is one line with the field and the reason") {
  const TemporaryFolder temporary;
  const std::string data = (temporary.path() / "clinic").string();
  REQUIRE(run("init --data " + data).exit_code == 0);
  const Outcome outcome = run("audit verify --data " + data);
  CHECK(outcome.exit_code == 1);
  CHECK(lines_of(outcome.output) == 1);
  const Outcome damaged = run("handout --patient 1 --out /tmp/never.pdf --data " + data);
  CHECK(damaged.exit_code == 1);
  CHECK_FALSE(std::filesystem::exists("/tmp/never.pdf"));
}

TEST_CASE("serve answers, keeps others off its folder and stops at once on SIGTERM or SIGINT") {
  const TemporaryFolder temporary;
  const std::filesystem::path data = temporary.path() / "clinic";
  const Outcome made = run("init --data " + data.string());
  REQUIRE(made.exit_code == 0);
  const std::string password = word_after(made.output, "password");
  for (const int signal : {SIGTERM, SIGINT}) {
    const uint16_t port = free_port();
    write_private_file(data / "facet.json", "{\"https_port\": " + std::to_string(port) + "}");
    Serving serving(data);
    REQUIRE(serving.says("Facet serves"));
    CHECK_THAT(run("serve --data " + data.string()).output, Contains("being served already"));
    auto session = connect(port, data / "host/https.crt");
    CHECK(send(session, "POST", "/login", R"({"user":"admin","password":")" + password + "\"}")
              .status == 200);
    auto live = connect(port, data / "host/https.crt");
    Poco::Net::HTTPRequest request("GET", "/facet/live/beds/1", Poco::Net::HTTPMessage::HTTP_1_1);
    live.sendRequest(request);
    Poco::Net::HTTPResponse response;
    live.receiveResponse(response);
    const auto started = std::chrono::steady_clock::now();
    CHECK(serving.end_with(signal) == 0);
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
    CHECK(serving.says("Facet has stopped."));
  }
}
