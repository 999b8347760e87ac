// SPDX-License-Identifier: MPL-2.0
#include "handouts/press.h"

#include "handouts/html/handout_html.h"
#include "handouts/print/handout_pdf.h"

namespace facet::handouts {

using base::Result;

Press::Press(const std::optional<std::filesystem::path>& folder) : texts_(folder), brand_(folder) {}

Result<Proof> Press::set(const HandoutInput& input, const Texts& texts) const {
  auto brand = brand_.read();
  if (!brand) return base::pass(brand);
  auto model = build_handout(input, *texts.pack, texts.missing_language_name.value_or(""));
  if (!model) return base::pass(model);
  return Proof{std::move(*model), std::move(*brand)};
}

Result<std::string> Press::pdf(const Proof& proof, const PrintFormat& format) const {
  return render_pdf(proof.model, format, *proof.brand);
}

Result<std::string> Press::html(const Proof& proof) const {
  return render_html(proof.model, *proof.brand);
}

}  // namespace facet::handouts
