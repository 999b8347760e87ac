// SPDX-License-Identifier: MPL-2.0
#include "bed-simulator/link.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "bedlink/certificates.h"
#include "bedlink/pairing.h"

namespace facet::bed_simulator {

using bedlink::BedIdentity;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::int64_t longest_wait_ms = 60000;
constexpr std::chrono::minutes code_life{10};
constexpr int denials_per_code = 5;
constexpr std::chrono::seconds fail_safe{60};

std::int64_t random_below(std::int64_t bound) {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(engine);
}

std::optional<BedIdentity> load(const std::filesystem::path& file) {
  const auto text = bedlink::read_small_file(file);
  const auto identity =
      text ? bedlink::parse_identity(*text) : base::Result<BedIdentity>(base::invalid("", ""));
  if (!identity) return {};
  return *identity;
}

}  // namespace

std::optional<Endpoint> parse_endpoint(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return {};
  Endpoint endpoint{text.substr(0, colon), 0};
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data() + colon + 1, end, endpoint.port);
  if (error != std::errc{} || at != end || endpoint.port == 0) return {};
  if (endpoint.host.starts_with("[") && endpoint.host.ends_with("]"))
    endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
  return endpoint;
}

Link::Link(Bed& bed, std::filesystem::path state, Endpoint gateway, Endpoint pairing)
    : bed_(bed),
      state_(std::move(state)),
      gateway_(std::move(gateway)),
      pairing_(std::move(pairing)),
      identity_(load(file("identity.json"))) {
  if (identity_) bed_.set_identity(*identity_);
  bed_.on_news([this] {
    const std::lock_guard lock(mutex_);
    if (client_) client_->wake();
  });
  thread_ = std::thread([this] { run(); });
}

Link::~Link() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    if (client_) client_->close();
  }
  wake_.notify_all();
  thread_.join();
}

void Link::want_pairing() {
  {
    const std::lock_guard lock(mutex_);
    want_pairing_ = true;
    if (client_) client_->close();
  }
  wake_.notify_all();
}

/// False if the bed is being switched off.
bool Link::pause_ms(std::int64_t ms) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, milliseconds(ms), [this] { return ending_; });
  return !ending_;
}

void Link::run() {
  int failures = 0;
  while (pause_ms(0)) {
    bool wants = !identity_;
    {
      const std::lock_guard lock(mutex_);
      wants = wants || want_pairing_;
    }
    if (wants) {
      pair();
      continue;
    }
    failures = serve(*identity_) ? 0 : std::min(failures + 1, 6);
    const auto bound = std::min<std::int64_t>(longest_wait_ms, 1000LL << failures);
    pause_ms(random_below(bound) + 50);
  }
}

/// True if the gateway accepted Hello, however it ended afterwards.
bool Link::serve(const BedIdentity& identity, std::function<void()> accepted) {
  bedlink::BedClient client(gateway_.host, gateway_.port, identity, bed_, std::move(accepted));
  {
    const std::lock_guard lock(mutex_);
    if (ending_) return true;
    client_ = &client;
  }
  const auto ended = client.serve();
  const std::lock_guard lock(mutex_);
  client_ = nullptr;
  return ended.has_value();
}

void Link::show_new_code() {
  code_ = bedlink::make_pairing_code();
  code_since_ = steady_clock::now();
  denials_ = 0;
  bed_.show_pairing_code(code_);
}

void Link::pair() {
  if (code_.empty() || steady_clock::now() - code_since_ > code_life) show_new_code();
  auto key = bedlink::Key::generate();
  if (!key) {
    pause_ms(1000);
    return;
  }
  const auto fresh =
      bedlink::pair_with_clinic(pairing_.host, pairing_.port, *key, code_, milliseconds(5000));
  if (fresh) return commit_or_roll_back(*fresh);
  if (fresh.error().code == base::ErrorCode::denied && ++denials_ >= denials_per_code)
    show_new_code();
  pause_ms(500 + random_below(500) + 500 * denials_);
}

/// The first accepted Hello makes a fresh identity the bed's own; until then the old one is kept.
void Link::commit_or_roll_back(const BedIdentity& fresh) {
  const auto until = steady_clock::now() + fail_safe;
  const auto old = identity_;
  std::error_code error;
  bool committed = false;
  const auto commit = [&] {
    std::filesystem::rename(file("pending.json"), file("identity.json"), error);
    identity_ = fresh;
    committed = true;
    code_.clear();
    bed_.show_pairing_code("");
    const std::lock_guard lock(mutex_);
    want_pairing_ = false;
  };
  const auto text = bedlink::identity_text(fresh);
  if (!bedlink::write_private_file(file("pending.json"), text)) return;
  bed_.set_identity(fresh);
  while (!committed && steady_clock::now() < until && pause_ms(300 + random_below(300)))
    serve(fresh, commit);
  if (committed) return;
  std::filesystem::remove(file("pending.json"), error);
  if (old) bed_.set_identity(*old);
}

}  // namespace facet::bed_simulator
