// SPDX-License-Identifier: MPL-2.0
#include "knowledge/check_rules.h"

namespace facet::knowledge {
namespace {

constexpr std::size_t most_items = 100;
constexpr int largest_value = 1000;

bool is_id(const std::string& id) {
  return !id.empty() && id.size() <= 64 &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

/// Finds what is wrong with one measure whose shape is right.
class Check {
 public:
  Check(const Measure& measure, const std::string& name, Findings& findings)
      : measure_(measure), name_(name), findings_(findings) {}

  void run() {
    if (!is_id(measure_.id)) report("id", "is not made of a-z, 0-9 and -");
    if (measure_.version.empty()) report("version", "is empty");
    if (measure_.language.empty()) report("language", "is empty");
    if (measure_.title.empty()) report("title", "is empty");
    if (measure_.source.citation.empty()) report("source.citation", "is empty");
    check_licence();
    check_items();
    check_scoring();
    check_change();
  }

 private:
  void check_licence() {
    const auto& licence = measure_.licence;
    if (licence.licence_id.empty()) report("licence.licence_id", "is empty");
    if (licence.state == LicenceState::needs_licence && licence.clinic_licence_ref.empty())
      report("licence.clinic_licence_ref",
             "is empty, but this measure may be used only with a licence of the clinic's own");
    if (licence.state != LicenceState::free && licence.notice.empty())
      report("licence.notice", "is empty, but must be shown wherever the items are");
  }

  void check_items() {
    if (measure_.items.empty()) report("items", "is empty");
    if (measure_.items.size() > most_items) report("items", "has more than 100 items");
    if (has_twice(ids_of(measure_.items))) report("items", "has an id twice");
    for (const auto& item : measure_.items) {
      if (!is_id(item.id)) report_item(item, "id", "is not made of a-z, 0-9 and -");
      if (item.text.empty()) report_item(item, "text", "is empty");
      if (item.min >= item.max || item.min < -largest_value || item.max > largest_value)
        report_item(item, "min", "and max are no range within -1000 and 1000");
      check_labels(item);
    }
  }

  void check_labels(const MeasureItem& item) {
    for (std::size_t i = 0; i < item.labels.size(); ++i) {
      const auto& label = item.labels[i];
      if (label.text.empty()) report_item(item, "labels", "holds an empty text");
      if (label.value < item.min || label.value > item.max)
        report_item(item, "labels", "names a value outside min and max");
      if (i > 0 && label.value <= item.labels[i - 1].value)
        report_item(item, "labels", "is not in ascending order");
    }
  }

  void check_scoring() {
    const auto& items = measure_.items;
    const auto& scoring = measure_.scoring;
    const auto count = [&](ItemKind kind) {
      return std::count_if(items.begin(), items.end(),
                           [&](const MeasureItem& item) { return item.kind == kind; });
    };
    const auto all = static_cast<std::ptrdiff_t>(items.size());
    if (scoring.rule == ScoringRule::count && count(ItemKind::tick) != all)
      report("scoring.rule", "counts ticks, but not every item is one");
    if (scoring.rule != ScoringRule::count && count(ItemKind::tick) != 0)
      report("scoring.rule", "needs numbers, but there is an item to tick");
    if (scoring.rule == ScoringRule::mean) {
      if (scoring.at_least < 1 || scoring.at_least > all)
        report("scoring.at_least", "is not 1 to the number of items");
      for (const auto& item : items)
        if (item.min != items.front().min || item.max != items.front().max)
          report_item(item, "min", "and max differ from the first item's, so there is no mean");
    }
    if (scoring.rule == ScoringRule::single) {
      const auto* item = measure_.find_item(scoring.item);
      if (!item || item->kind != ItemKind::integer)
        report("scoring.item", "names no item of type integer");
    }
  }

  void check_change() {
    const auto& change = measure_.meaningful_change;
    check_threshold("meaningful_change.score", change.score);
    check_threshold("meaningful_change.item", change.item);
    const bool any =
        change.score.points || change.score.percent || change.item.points || change.item.percent;
    if (any && (change.source.empty() || change.meaning.empty()))
      report("meaningful_change.source", "or meaning is empty, but there is a figure");
    if (change.of == ChangeOf::answer && measure_.scoring.rule != ScoringRule::single)
      report("meaningful_change.of", "is answer, but the score is not one item");
    if (change.of == ChangeOf::answer && change.score.percent)
      report("meaningful_change.score", "has percent, but there is no first score");
  }

  void check_threshold(const char* where, const Threshold& threshold) {
    if (threshold.points < 0 || threshold.points > largest_value)
      report(where, "has points outside 0 and 1000");
    if (threshold.percent < 0 || threshold.percent > 100)
      report(where, "has percent outside 0 and 100");
    if (threshold.percent)
      for (const auto& item : measure_.items)
        if (item.min != 0) return report(where, "has percent, but a scale does not begin at 0");
  }

  void report(const std::string& where, std::string what) {
    findings_.push_back({name_ + "." + where, std::move(what)});
  }
  void report_item(const MeasureItem& item, const std::string& where, std::string what) {
    report("items[" + item.id + "]." + where, std::move(what));
  }

  const Measure& measure_;
  const std::string& name_;
  Findings& findings_;
};

}  // namespace

const MeasureItem* Measure::find_item(std::string_view item_id) const {
  for (const auto& item : items)
    if (item.id == item_id) return &item;
  return nullptr;
}

void check_measure(const Measure& measure, const std::string& name, Findings& findings) {
  Check(measure, name, findings).run();
}

}  // namespace facet::knowledge
