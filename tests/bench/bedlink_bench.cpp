// SPDX-License-Identifier: MPL-2.0
// A 200-byte command and its answer: over the whole bed link, and over bare OpenSSL.
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/clock.h"
#include "bedlink/bed_client.h"
#include "bedlink/gateway.h"

namespace {

using namespace facet;
using namespace facet::bedlink;

constexpr std::size_t message_bytes = 200;
const std::string bed_name = "bench-bed";

/// A clinic and one bed with certificates, in memory.
struct Keys {
  ClinicKeys clinic = make_clinic();
  Key bed_key = Key::generate().value();
  Certificate bed = issue_bed(clinic.ca, clinic.ca_key, make_csr(bed_key).value(), bed_name,
                              base::SystemClock().now_ms())
                        .value();

  static ClinicKeys make_clinic() {
    std::string name = (std::filesystem::temp_directory_path() / "facet-bench-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(name.data());
    auto keys = open_clinic_keys(folder, "bench", {"127.0.0.1"}, base::SystemClock().now_ms());
    std::filesystem::remove_all(folder);
    return keys.value();
  }
};

class Owner final : public GatewayEvents {
 public:
  bool is_allowed(const std::string&, const std::string&) override { return true; }
  HelloDecision on_hello(const Hello&) override { return {HelloDecision::Status::accepted, 1, 0}; }
  void on_online(const std::string&) override { tell(online_); }
  void on_disconnected(const std::string&) override {}
  std::optional<std::uint64_t> on_events(const std::string&, const std::string&,
                                         const std::vector<Event>&) override {
    return 0;
  }
  void on_order_reply(const std::string&, const OrderReply&) override {}
  void on_command_reply(const std::string&, const CommandReply&) override { tell(answers_); }
  bool on_ready(const std::string&, const std::string&) override { return false; }
  void on_status(const std::string&, const BedStatus&) override {}
  void on_lease_echo(const std::string&, const LeaseEcho&) override {}
  void on_security_event(const std::string&, const std::string&) override {}

  void wait_online() { wait(online_); }
  void wait_answer() { wait(answers_); }

 private:
  void tell(int& count) {
    const std::lock_guard lock(mutex_);
    ++count;
    changed_.notify_one();
  }
  void wait(int& count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count > 0; });
    --count;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int online_ = 0;
  int answers_ = 0;
};

class QuietBed final : public BedBehind {
 public:
  Hello hello() override {
    Hello h;
    h.bed_id = bed_name;
    h.boot_id = h.journal_id = h.fw = "bench";
    h.limits = {100, 50, 3600};
    h.clock_utc_ms = base::SystemClock().now_ms();
    return h;
  }
  bool on_accepted(const HelloReply&) override { return true; }
  void on_disconnected() override {}
  OrderReply on_order(const std::string&) override { return {}; }
  CommandReply on_command(const Command& c) override {
    return {c.action, c.order_id, true, {}, "idle"};
  }
  void on_stop(const Lease&) override {}
  std::optional<LeaseEcho> on_lease(const Lease&) override { return {}; }
  Events unacknowledged() override { return {}; }
  void on_ack(std::uint64_t) override {}
  BedStatus status() override { return {"idle", "", {}}; }
};

void link_facet(benchmark::State& state) {
  const Keys keys;
  const base::SystemClock clock;
  Owner owner;
  auto gateway = Gateway::start({}, keys.clinic, owner, clock).value();
  const BedIdentity identity{bed_name,
                             "bench",
                             keys.bed_key.private_pem(),
                             keys.bed.pem(),
                             keys.clinic.ca.pem(),
                             keys.clinic.order_key.public_pem()};
  QuietBed bed;
  BedClient client("127.0.0.1", gateway->port(), identity, bed);
  std::thread thread([&] { (void)client.serve(); });
  owner.wait_online();
  const std::string order_id(64, 'o');  // with id, action and framing: 170 to 200 bytes
  for (auto _ : state) {
    (void)gateway->query(bed_name, order_id);
    owner.wait_answer();
  }
  state.SetItemsProcessed(state.iterations());
  client.close();
  thread.join();
  gateway->stop();
}

struct BareEnd {
  SSL_CTX* context;
  SSL* ssl = nullptr;
  int fd = -1;

  BareEnd(const SSL_METHOD* method, const Certificate& ca, const Certificate& own, const Key& key)
      : context(SSL_CTX_new(method)) {
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_use_certificate(context, own.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca.get());
  }
  ~BareEnd() {
    SSL_free(ssl);
    SSL_CTX_free(context);
    ::close(fd);
  }
  BareEnd(const BareEnd&) = delete;
  BareEnd& operator=(const BareEnd&) = delete;
  void attach(int socket) {
    fd = socket;
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ssl = SSL_new(context);
    SSL_set_fd(ssl, fd);
  }
  bool read(std::array<char, message_bytes>& message) {
    std::size_t have = 0;
    while (have < message.size()) {
      const int n = SSL_read(ssl, message.data() + have, static_cast<int>(message.size() - have));
      if (n <= 0) return false;
      have += static_cast<std::size_t>(n);
    }
    return true;
  }
  bool write(const std::array<char, message_bytes>& message) {
    return SSL_write(ssl, message.data(), static_cast<int>(message.size())) > 0;
  }
};

void link_bare(benchmark::State& state) {
  const Keys keys;
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 1) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback socket");
  std::thread echo([&] {
    BareEnd server(TLS_server_method(), keys.clinic.ca, keys.clinic.gateway,
                   keys.clinic.gateway_key);
    server.attach(::accept(listener, nullptr, nullptr));
    std::array<char, message_bytes> message{};
    if (SSL_accept(server.ssl) != 1) return;
    while (server.read(message) && server.write(message)) {
    }
  });
  {
    BareEnd client(TLS_client_method(), keys.clinic.ca, keys.bed, keys.bed_key);
    client.attach(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    std::array<char, message_bytes> message{};
    if (::connect(client.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        SSL_connect(client.ssl) != 1)
      state.SkipWithError("no TLS connection");
    for (auto _ : state)
      if (!client.write(message) || !client.read(message)) state.SkipWithError("lost");
    SSL_shutdown(client.ssl);
  }
  state.SetItemsProcessed(state.iterations());
  state.SetLabel("200 bytes echoed by bare OpenSSL: TLS 1.3, certificates on both ends");
  echo.join();
  ::close(listener);
}

BENCHMARK(link_facet)->Name("link/facet")->UseRealTime();
BENCHMARK(link_bare)->Name("link/bare")->UseRealTime();

}  // namespace
