// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/related_person.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<RelatedPerson>> related_person_records();

}  // namespace facet::clinic
