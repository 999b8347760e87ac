// SPDX-License-Identifier: MPL-2.0
#include "beds/live_hub.h"

#include <algorithm>

namespace facet::beds {
namespace {

constexpr std::size_t kept = 32;

/// Seconds apart, the same?
bool same_but_progress(BedView a, const BedView& b) {
  a.elapsed_s = b.elapsed_s;
  a.duration_s = b.duration_s;
  return a == b;
}

}  // namespace

void LiveHub::append(const std::string& device_id, BedView view) {
  auto& items = beds_[device_id];
  if (!items.empty() && same_but_progress(items.back().view, view)) items.pop_back();
  items.push_back({++last_, std::move(view)});
  if (items.size() > kept) items.pop_front();
  changed_.notify_all();
}

void LiveHub::publish(BedView view) {
  const std::lock_guard lock(mutex_);
  const auto at = beds_.find(view.device_id);
  if (at != beds_.end() && !at->second.empty()) {
    const auto& shown = at->second.back().view;
    if (shown.order_id == view.order_id) {  // the record is behind what the bed echoes
      view.elapsed_s = std::max(view.elapsed_s, shown.elapsed_s);
      if (shown.duration_s > 0) view.duration_s = shown.duration_s;
    }
    if (shown == view) return;
  }
  const auto device_id = view.device_id;
  append(device_id, std::move(view));
}

void LiveHub::progress(const std::string& device_id, const std::string& order_id,
                       std::int64_t elapsed_s, std::int64_t duration_s) {
  const std::lock_guard lock(mutex_);
  const auto at = beds_.find(device_id);
  if (at == beds_.end() || at->second.empty()) return;
  BedView view = at->second.back().view;
  const bool runs = view.state == "running" || view.state == "paused";
  if (!runs || view.order_id != order_id || view.elapsed_s >= elapsed_s) return;
  view.elapsed_s = elapsed_s;
  view.duration_s = duration_s;
  append(device_id, std::move(view));
}

std::vector<LiveHub::Item> LiveHub::after(const std::string& device_id, std::int64_t number) const {
  const std::lock_guard lock(mutex_);
  const auto at = beds_.find(device_id);
  if (at == beds_.end() || at->second.empty()) return {};
  const auto& items = at->second;
  if (number == items.back().number) return {};
  if (number < items.front().number || number > items.back().number) return {items.back()};
  std::vector<Item> newer;
  std::copy_if(items.begin(), items.end(), std::back_inserter(newer),
               [number](const Item& item) { return item.number > number; });
  return newer;
}

bool LiveHub::wait(const std::string& device_id, std::int64_t number, Moment until) const {
  std::unique_lock lock(mutex_);
  const auto is_new = [&] {
    const auto at = beds_.find(device_id);
    return at != beds_.end() && !at->second.empty() && at->second.back().number != number;
  };
  changed_.wait_until(lock, until, [&] { return closed_ || is_new(); });
  return !closed_ && is_new();
}

void LiveHub::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

bool LiveHub::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace facet::beds
