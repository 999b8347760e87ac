// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "rest/message.h"

namespace facet::entry {

/// A sheet for nobody in particular, printed without a clinic's record (facet.plugin.handout/1).
struct LooseSheet {
  rest::Pairs wishes;   // handouts/handout_wish.h
  std::string clinic;   // name to print; may be empty
  std::optional<std::filesystem::path> folder;  // texts and look, DIR/handouts
};

/// The general handout as PDF. Errors: invalid, unsupported: a wish, a text or a look that is wrong.
base::Result<std::string> print_general(const LooseSheet& sheet);

/// A form to be filled in by pen, in English. Errors: as print_general; invalid, no such form.
base::Result<std::string> print_blank(const std::string& form, const LooseSheet& sheet);

/// A JSON list of what a clinic's folder holds, each with its fault if it has one.
std::string check_folder(const std::filesystem::path& folder);

}  // namespace facet::entry
