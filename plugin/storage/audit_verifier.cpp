// SPDX-License-Identifier: MPL-2.0
#include "storage/audit_verifier.h"

#include <algorithm>
#include <charconv>

#include "base/time_text.h"

namespace facet::storage {
namespace {

constexpr std::size_t window = 8;  // rows looked at around a broken place

/// -1 if it is no number.
std::int64_t number_of(std::string_view text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::string event(std::int64_t number) {
  return "event " + std::to_string(number);
}

std::string span_of(std::int64_t first, std::int64_t last) {
  return first == last ? event(first)
                       : "events " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

std::string head_note(const std::string& book, std::int64_t entry) {
  return "heads " + book + " " + std::to_string(entry);
}

AuditVerifier::AuditVerifier(std::string_view key, HeadSet heads, std::string place)
    : seal_(key), heads_(std::move(heads)), place_(std::move(place)) {
  report_.heads_to_ms = heads_.last_written_ms();
}

void AuditVerifier::add(const AuditRow& row) {
  if (!in_chain_ || row[a_chain] != chain_) {
    end_chain();
    begin_chain(row[a_chain]);
  }
  ++report_.events;
  const auto number = number_of(row[a_number]);
  last_ = std::max(last_, number);
  if (!broken_ && number == expected_ && seal_.mac(previous(), row) == row[a_mac]) {
    ++good_;
    previous() = row[a_mac];
    ++expected_;
    if (points_ != nullptr) check_heads(row);
    if (row[a_principal] == head_writer) read_note(row);
    return;
  }
  broken_ = true;
  if (suspects_.size() == window) return;
  Suspect& copy = suspects_.emplace_back();
  std::copy(row.begin(), row.end(), copy.begin());
}

void AuditVerifier::report(AuditProblem problem) {
  report_.problems.push_back(std::move(problem));
}

void AuditVerifier::begin_chain(std::string_view chain) {
  chain_ = chain;
  in_chain_ = true;
  broken_ = false;
  expected_ = 1;
  last_ = 0;
  for (auto& mac : macs_) mac.clear();
  suspects_.clear();
  ++report_.chains;
  if (!seen_.insert(chain_).second)
    report({"reordered", chain_, 0, "Chain " + chain_ + ": its events do not stand together."});
  const auto found = heads_.chains().find(chain_);
  points_ = found == heads_.chains().end() ? nullptr : &found->second;
  next_point_ = 0;
}

void AuditVerifier::check_heads(const AuditRow& row) {
  for (; next_point_ < points_->size() && (*points_)[next_point_].number < expected_;
       ++next_point_) {
    const auto& point = (*points_)[next_point_];
    ++report_.heads;
    if (point.number != expected_ - 1 || point.mac == row[a_mac]) continue;
    // Whoever wrote the chain again had the key; once is enough to say so.
    report({"changed", chain_, point.number,
            "Chain " + chain_ + ", " + event(point.number) + " is not the one that was signed on " +
                base::instant_text(point.written_ms) + ": the chain was written again."});
    points_ = nullptr;
    return;
  }
}

void AuditVerifier::read_note(const AuditRow& row) {
  const auto reason = row[a_reason];
  const auto space = reason.rfind(' ');
  constexpr std::string_view start = "heads ";
  if (row[a_outcome] != "0" || !reason.starts_with(start) || space < start.size()) return;
  if (!place_.empty() && row[a_remote] != place_) return;
  auto& last = noted_[std::string(reason.substr(start.size(), space - start.size()))];
  last = std::max(last, number_of(reason.substr(space + 1)));
}

void AuditVerifier::end_chain() {
  if (!in_chain_) return;
  in_chain_ = false;
  if (!suspects_.empty()) report(diagnose());
  if (points_ == nullptr || points_->empty() || points_->back().number <= last_) return;
  const auto& point = points_->back();
  report({"cut", chain_, last_ + 1,
          "Chain " + chain_ + " was cut after " + event(last_) + ": " + event(point.number) +
              " was there on " + base::instant_text(point.written_ms) + "."});
}

ChainReport AuditVerifier::finish() {
  end_chain();
  for (const auto& [chain, points] : heads_.chains()) {
    if (seen_.contains(chain)) continue;
    report({"missing", chain, points.back().number,
            "Chain " + chain + " is missing: it had " + event(points.back().number) + " on " +
                base::instant_text(points.back().written_ms) + "."});
  }
  compare_books();
  report_.valid = report_.problems.empty();
  if (!report_.valid) report_.problem = report_.problems.front().text;
  return std::move(report_);
}

void AuditVerifier::compare_books() {
  for (const auto& problem : heads_.problems()) report({"heads", "", 0, problem});
  for (const auto& [book, entry] : noted_) {
    const auto found = heads_.books().find(book);
    if (found == heads_.books().end())
      report({"heads", "", 0,
              "The signed heads " + book + " are missing: the trail notes " +
                  std::to_string(entry) + " entries of them."});
    else if (found->second < entry)
      report({"heads", "", 0,
              "The signed heads " + book + " were cut after entry " +
                  std::to_string(found->second) + " of " + std::to_string(entry) + "."});
  }
}

std::optional<std::int64_t> AuditVerifier::sealed_as(const Suspect& row, std::int64_t number) {
  const auto text = std::to_string(number);
  AuditRow tried;
  std::copy(row.begin(), row.end(), tried.begin());
  tried[a_number] = text;
  const auto fits = [&](const std::string& previous) {
    return seal_.mac(previous, tried) == row[a_mac];
  };
  if (std::any_of(macs_.begin(), macs_.end(), fits)) return number;
  for (const auto& other : suspects_)
    if (fits(other[a_mac])) return number;
  return {};
}

std::optional<std::int64_t> AuditVerifier::sealed_near(const Suspect& row) {
  const auto reach = static_cast<std::int64_t>(window);
  for (std::int64_t number = std::max<std::int64_t>(1, expected_ - reach);
       number <= expected_ + reach; ++number)
    if (auto found = sealed_as(row, number)) return found;
  return {};
}

/// The rows up to here are whole; what was done here shows in which of the next rows were once
/// sealed under which number.
AuditProblem AuditVerifier::diagnose() {
  const auto at = "Chain " + chain_ + ", ";
  const auto problem = [&](const char* kind, std::int64_t number, const std::string& text) {
    return AuditProblem{kind, chain_, number, at + text};
  };
  const auto& first = suspects_.front();
  const auto number = number_of(first[a_number]);
  const bool expected_is_here =
      std::any_of(suspects_.begin(), suspects_.end(),
                  [&](const Suspect& row) { return sealed_as(row, expected_).has_value(); });
  const auto was = sealed_near(first);
  const bool twice = std::count_if(suspects_.begin(), suspects_.end(), [&](const Suspect& row) {
                       return row[a_mac] == first[a_mac];
                     }) > 1;
  if (twice) return problem("inserted", number, event(number) + " was inserted: a copy.");
  if (number < expected_)
    return problem("inserted", number, event(number) + " stands there a second time: inserted.");
  if (expected_is_here && was && *was != expected_)
    return problem("reordered", expected_,
                   event(expected_) + " is not in its place: the events were reordered.");
  if (expected_is_here && !was)
    return problem("inserted", expected_, event(expected_) + " was inserted.");
  if (number > expected_)
    return problem("removed", expected_, span_of(expected_, number - 1) + " was removed.");
  if (was && *was > expected_)
    return problem("removed", expected_,
                   span_of(expected_, *was - 1) + " was removed and the later ones renumbered.");
  if (was && *was < expected_)
    return problem("inserted", expected_,
                   event(expected_) + " is a copy of " + event(*was) + ": inserted.");
  if (const auto next = suspects_.size() > 1 ? sealed_near(suspects_[1]) : std::nullopt;
      next && *next > expected_ + 1)
    return problem("removed", expected_,
                   span_of(expected_, *next - 2) + " was removed and the later ones renumbered.");
  return problem("changed", expected_,
                 event(expected_) + " was changed" +
                     (suspects_.size() == 1 ? " or inserted." : ".") +
                     (expected_ == 1 ? " (Or this is not the key of this trail.)" : ""));
}

}  // namespace facet::storage
