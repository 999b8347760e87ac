// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "knowledge/measure.h"

namespace facet::knowledge {

/// An answer to one item: `number` to an integer, `tick` to a tick, `number` and `text` to an
/// activity (a text without a number is an activity that is not rated yet). Nothing else may be
/// set.
struct ItemAnswer {
  std::optional<int> number;
  std::optional<bool> tick;
  std::string text;
};

/// By item id. An item that is not here is untouched.
using MeasureAnswers = std::map<std::string, ItemAnswer, std::less<>>;

/// Points are in hundredths everywhere below: 333 is 3.33 points. The only rounding is that of a
/// mean, half away from zero; limits are compared before it.
struct Score {
  std::optional<int> hundredths;  // nothing while incomplete
  int items = 0;                  // that the score is made of
  Strings missing;                // items that are still to be answered

  bool complete() const { return missing.empty(); }
};

/// The lowest and highest possible score, in hundredths.
struct ScoreRange {
  int min;
  int max;
};
ScoreRange score_range(const Measure& measure);

/// By the measure's own rule. `count`: an untouched item is not ticked, as published, so it is
/// always complete. `mean`: of the items rated, once at_least are and none is named without a
/// number. `single`: complete when every item is answered. Errors: invalid, with the item's id in
/// `field`: unknown, out of range, of another kind, an activity without words or with more than 200
/// bytes.
base::Result<Score> score(const Measure& measure, const MeasureAnswers& answers);

enum class Course { better, same, worse };
template <>
struct Names<Course> {
  static constexpr Codes<3> list{"better", "same", "worse"};
};

/// not_applicable: no figure is published for this, for this direction, or for a first score of 0.
enum class Meaningful { yes, no, not_applicable };
template <>
struct Names<Meaningful> {
  static constexpr Codes<3> list{"yes", "no", "not-applicable"};
};

struct Difference {
  int first;       // hundredths
  int now;         // hundredths
  int difference;  // now - first, hundredths
  Course course;
  Meaningful meaningful;
  bool by_points;   // yes, by the points of the threshold
  bool by_percent;  // yes, by its percent; both may be
};

struct ItemChange {
  std::string item_id;
  Difference difference;
};

struct Change {
  std::optional<Difference> score;  // nothing if a score is incomplete or nothing can be compared
  std::vector<ItemChange> items;    // integers and activities, one by one
  Strings compared;                 // items that `score` compares
  Strings not_compared;             // answered at one time only, or an activity whose words differ
};

/// Where `meaningful_change.of` is `difference`: from the first answers to those of now. A mean
/// compares the same items only: answered both times, and of activities with the same words (case
/// and outer spaces apart). Where it is `answer`: the answer of now is the change, and `first` is
/// not read. Errors: as score().
base::Result<Change> change(const Measure& measure, const MeasureAnswers& first,
                            const MeasureAnswers& now);

}  // namespace facet::knowledge
