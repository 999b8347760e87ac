// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/demo_watch.h"

namespace facet::hosts::demo {
namespace {

constexpr std::chrono::milliseconds kRetry{200};
constexpr std::chrono::seconds kLongestPress{15};

}  // namespace

// Cuts the stream into server-sent events.
class BedWatch::Sink : public ResponseSink {
 public:
  explicit Sink(BedWatch& watch) : watch_(watch) {}
  void begin(int http_status) override { good_ = http_status == 200; }
  void header(const std::string&, const std::string&) override {}
  bool write(std::string_view chunk) override {
    if (!good_ || watch_.stopping_) return false;
    text_.append(chunk);
    size_t end;
    while ((end = text_.find('\n')) != std::string::npos) {
      line(text_.substr(0, end));
      text_.erase(0, end + 1);
    }
    return true;
  }
  bool flush() override { return !watch_.stopping_; }

 private:
  void line(const std::string& text) {
    if (text.starts_with("id: ")) watch_.last_id_ = text.substr(4);
    if (text.starts_with("data: ")) data_ = text.substr(6);
    if (!text.empty() || data_.empty()) return;
    const Json event = Json::parse(data_, nullptr, false);
    data_.clear();
    if (event.is_object()) watch_.take(event);
  }

  BedWatch& watch_;
  bool good_ = false;
  std::string text_;
  std::string data_;
};

BedWatch::BedWatch(PluginInstance& plugin, Principal viewer, std::string device_id,
                   OnEvent on_event)
    : client_(plugin, std::move(viewer)),
      path_("/live/beds/" + device_id),
      on_event_(std::move(on_event)),
      thread_([this] { run(); }) {}

BedWatch::~BedWatch() {
  stop();
  thread_.join();
}

void BedWatch::run() {
  while (!stopping_) {
    Request request = client_.request("GET", path_, nullptr);
    request.headers.emplace_back("accept", "text/event-stream");
    if (!last_id_.empty()) request.headers.emplace_back("last-event-id", last_id_);
    Sink sink(*this);
    if (client_.plugin().handle(request, sink) == FACET_BAD_STATE) return;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kRetry, [this] { return stopping_.load(); });
  }
}

void BedWatch::take(const Json& event) {
  {
    std::lock_guard lock(mutex_);
    seen_.push_back(event);
    changed_.notify_all();
  }
  if (on_event_) on_event_(event);
}

Json BedWatch::wait_for(std::chrono::milliseconds longest,
                        const std::function<bool(const Json&)>& question) {
  std::unique_lock lock(mutex_);
  size_t next = 0;
  const auto deadline = std::chrono::steady_clock::now() + longest;
  for (;;) {
    for (; next < seen_.size(); ++next) {
      if (question(seen_[next])) return seen_[next];
    }
    if (changed_.wait_until(lock, deadline) == std::cv_status::timeout && next >= seen_.size()) {
      return nullptr;
    }
  }
}

std::vector<std::string> BedWatch::states_of(const std::string& appointment_id) {
  std::lock_guard lock(mutex_);
  std::vector<std::string> states;
  for (const Json& event : seen_) {
    if (event.value("appointment_id", Json()) != appointment_id) continue;
    const std::string state = event.value("state", "");
    if (states.empty() || states.back() != state) states.push_back(state);
  }
  return states;
}

void press_until_it_starts(DemoBed& bed) {
  const auto deadline = std::chrono::steady_clock::now() + kLongestPress;
  for (;;) {
    const Json reply = bed.command("press");
    if (reply.value("ok", false)) return;
    if (std::chrono::steady_clock::now() >= deadline) {
      throw HostError("the bed did not start: " + reply.value("text", ""));
    }
    std::this_thread::sleep_for(kRetry);
  }
}

void undergo_session(DemoBed& bed, const std::string& match_code) {
  bed.command("lie_down");
  bed.command("code", match_code);
  press_until_it_starts(bed);
}

}  // namespace facet::hosts::demo
