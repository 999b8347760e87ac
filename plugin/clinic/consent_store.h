// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "clinic/consent.h"

namespace facet::clinic {

std::unique_ptr<storage::Records<Consent>> consent_records();

}  // namespace facet::clinic
