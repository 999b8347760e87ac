// SPDX-License-Identifier: MPL-2.0
#include <stdexcept>

#include "knowledge/catalogue.h"
#include "knowledge_data_files.h"

namespace facet::knowledge {
namespace {

Catalogue load_embedded() {
  const auto symptoms = base::embedded(knowledge_data::files, "knowledge/symptoms.json");
  const auto screening = base::embedded(knowledge_data::files, "knowledge/screening.json");
  auto loaded = load_catalogue(symptoms.value(), screening.value());
  if (!loaded) throw std::logic_error(loaded.error().field + ": " + loaded.error().message);
  return std::move(*loaded);
}

}  // namespace

const Catalogue& catalogue() {
  static const Catalogue instance = load_embedded();
  return instance;
}

}  // namespace facet::knowledge
