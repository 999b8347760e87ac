// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/anatomy.h"

namespace facet::knowledge {

/// permission_text: may be used as published, with its notice. needs_licence: only with the
/// clinic's own licence, named in clinic_licence_ref.
enum class LicenceState { free, permission_text, needs_licence };
template <>
struct Names<LicenceState> {
  static constexpr Codes<3> list{"free", "permission_text", "needs_licence"};
};

struct Licence {
  std::string licence_id;
  LicenceState state;
  std::string notice;  // to be shown on screen and in print wherever the items are
  std::string clinic_licence_ref;
};

/// integer: a whole number from min to max. tick: true or untouched. activity: the patient's own
/// words and a whole number from min to max.
enum class ItemKind { integer, tick, activity };
template <>
struct Names<ItemKind> {
  static constexpr Codes<3> list{"integer", "tick", "activity"};
};

struct ScaleLabel {
  int value;
  std::string text;
};

struct MeasureItem {
  std::string id;  // linkId
  ItemKind kind;
  std::string text;
  int min;
  int max;
  std::vector<ScaleLabel> labels;  // ascending; of some values or of all
};

/// count: ticked items. mean: of the items rated. single: one item is the score.
enum class ScoringRule { count, mean, single };
template <>
struct Names<ScoringRule> {
  static constexpr Codes<3> list{"count", "mean", "single"};
};

struct Scoring {
  ScoringRule rule;
  int at_least;      // mean: items that must be rated
  std::string item;  // single: the item that is the score
};

enum class Better { lower, higher };
template <>
struct Names<Better> {
  static constexpr Codes<2> list{"lower", "higher"};
};

/// What a change is: the difference between two times, or the answer itself.
enum class ChangeOf { difference, answer };
template <>
struct Names<ChangeOf> {
  static constexpr Codes<2> list{"difference", "answer"};
};

/// Whether the published figure is of improvement only.
enum class ChangeDirection { improvement, either };
template <>
struct Names<ChangeDirection> {
  static constexpr Codes<2> list{"improvement", "either"};
};

/// Either is enough. 0: no figure is published.
struct Threshold {
  int points;
  int percent;  // of the first score
};

struct MeaningfulChange {
  ChangeOf of;
  ChangeDirection direction;
  Threshold score;
  Threshold item;       // of one integer or activity
  std::string meaning;  // "minimal important change"
  std::string source;
  std::string note;
};

struct MeasureSource {
  std::string citation;
  Strings checked;  // pages that the wording was compared with
  std::string note;
};

/// One outcome measure: what is asked, how it is scored, and what change means.
struct Measure {
  std::string id;
  std::string version;
  std::string language;
  std::string title;
  std::string instructions;
  MeasureSource source;
  Licence licence;
  Better better;
  Scoring scoring;
  MeaningfulChange meaningful_change;
  std::vector<MeasureItem> items;

  const MeasureItem* find_item(std::string_view item_id) const;
};

/// One data pack, as a file of schema/measures or of a clinic's own folder.
struct MeasurePack {
  std::string name;  // of the file, for findings
  std::string text;
};

/// A set of measures with different ids, checked when it was made.
/// Threads: immutable, so safe from any. Pointers last as long as the set.
class Measures {
 public:
  const std::vector<Measure>& all() const { return measures_; }
  const Measure* find(std::string_view id) const;  // null if there is none

 private:
  friend base::Result<Measures> load_measures(const std::vector<MeasurePack>& packs);
  std::vector<Measure> measures_;
};

/// Errors: invalid, with the file and the path in it as `field` and everything that is wrong as
/// `reasons`: keys, types, ranges, two packs of one id, a licence that is needed and not named.
base::Result<Measures> load_measures(const std::vector<MeasurePack>& packs);

/// Those built into the library; a clinic's own are loaded together with them.
std::vector<MeasurePack> embedded_measure_packs();

/// The set of embedded_measure_packs(). Threads: any; the first caller reads it.
const Measures& measures();

/// Of measures(); null if there is none.
inline const Measure* find_measure(std::string_view id) {
  return measures().find(id);
}

}  // namespace facet::knowledge
