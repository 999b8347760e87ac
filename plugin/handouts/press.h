// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/brand_folder.h"
#include "handouts/handout_model.h"
#include "handouts/print/print_format.h"
#include "handouts/texts/text_library.h"

namespace facet::handouts {

/// A handout in one reader's words and with the clinic's look, to be printed or shown.
struct Proof {
  HandoutModel model;
  std::shared_ptr<const Brand> brand;
};

/// Puts handouts into words, on paper and on screens; knows no record. Threads: safe.
class Press {
 public:
  /// `folder` holds the clinic's own texts and look, DIR/handouts; it need not exist.
  explicit Press(const std::optional<std::filesystem::path>& folder);

  /// Errors: invalid, an input that print cannot show, or a logo or style that is broken.
  base::Result<Proof> set(const HandoutInput& input, const Texts& texts) const;

  base::Result<std::string> pdf(const Proof& proof, const PrintFormat& format) const;
  base::Result<std::string> html(const Proof& proof) const;

  const TextLibrary& texts() const { return texts_; }
  const BrandFolder& brand() const { return brand_; }

 private:
  TextLibrary texts_;
  BrandFolder brand_;
};

}  // namespace facet::handouts
