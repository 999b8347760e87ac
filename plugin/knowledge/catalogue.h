// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "knowledge/catalogue_data.h"

namespace facet::knowledge {

/// All that Facet knows, checked when it was made: every reference in it resolves.
/// Threads: immutable, so safe from any. Pointers last as long as the catalogue.
class Catalogue {
 public:
  Catalogue(Catalogue&&) = default;
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  const SymptomsAbout& symptoms_about() const { return symptoms_.about; }
  const ScreeningAbout& screening_about() const { return screening_.about; }
  const std::vector<Symptom>& symptoms() const { return symptoms_.symptoms; }
  const std::vector<Nerve>& nerves() const { return symptoms_.nerves; }
  /// From C0-C1 down to L5-S1.
  const std::vector<SpinalLevel>& spinal_levels() const { return symptoms_.spinal_levels; }
  const std::vector<Secret>& secrets() const { return symptoms_.secrets; }
  const DeviceReach& device_reach_default() const { return symptoms_.device_reach_default; }

  const std::vector<RedFlag>& red_flags() const { return screening_.red_flags; }
  const std::vector<Contraindication>& contraindications() const {
    return screening_.contraindications;
  }
  const std::vector<DeviceModel>& devices() const { return screening_.devices; }
  const ScreeningLogic& logic() const { return screening_.logic; }
  const SessionDefaults& session_defaults() const { return screening_.session_defaults; }
  const CaudaEquinaCard& cauda_equina_card() const { return screening_.cauda_equina_card; }

  /// Each is null if there is no such id.
  const Symptom* find_symptom(std::string_view id) const { return find(symptom_by_id_, id); }
  const Nerve* find_nerve(std::string_view id) const { return find(nerve_by_id_, id); }
  const SpinalLevel* find_level(std::string_view id) const { return find(level_by_id_, id); }
  const RedFlag* find_red_flag(std::string_view id) const { return find(red_flag_by_id_, id); }
  const Contraindication* find_contraindication(std::string_view id) const {
    return find(contraindication_by_id_, id);
  }
  const DeviceModel* find_device(std::string_view id) const { return find(device_by_id_, id); }
  const Secret* find_secret(int id) const;
  /// The red flag that an item such as "rf_ces_saddle.thighs" belongs to.
  const RedFlag* find_red_flag_of_item(std::string_view item_id) const {
    return find(red_flag_by_item_, item_id);
  }

  const RedFlagActionText& text_of(RedFlagAction action) const {
    return screening_.red_flag_actions[static_cast<std::size_t>(action)];
  }
  const ContraindicationKindText& text_of(ContraindicationKind kind) const {
    return screening_.contraindication_kinds[static_cast<std::size_t>(kind)];
  }
  const ContraindicationActionText& text_of(ContraindicationAction action) const {
    return screening_.contraindication_actions[static_cast<std::size_t>(action)];
  }

 private:
  template <class T>
  using Index = std::unordered_map<std::string_view, const T*>;

  friend base::Result<Catalogue> load_catalogue(std::string_view, std::string_view);
  Catalogue(SymptomsData symptoms, ScreeningData screening);

  template <class T>
  static const T* find(const Index<T>& index, std::string_view id) {
    const auto found = index.find(id);
    return found == index.end() ? nullptr : found->second;
  }

  SymptomsData symptoms_;
  ScreeningData screening_;
  Index<Symptom> symptom_by_id_;
  Index<Nerve> nerve_by_id_;
  Index<SpinalLevel> level_by_id_;
  Index<RedFlag> red_flag_by_id_;
  Index<RedFlag> red_flag_by_item_;
  Index<Contraindication> contraindication_by_id_;
  Index<DeviceModel> device_by_id_;
};

/// Errors: invalid, with everything that check.h finds wrong as `reasons`.
base::Result<Catalogue> load_catalogue(std::string_view symptoms_json,
                                       std::string_view screening_json);

/// The catalogue built into the library, which the build refused to make with anything wrong.
/// Threads: any; the first caller reads it (some milliseconds).
const Catalogue& catalogue();

}  // namespace facet::knowledge
