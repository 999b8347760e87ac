// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "handouts/brand.h"
#include "handouts/print/print_format.h"

namespace facet::handouts {

/// To be filled in with a pen: the paper twins of the screen's body chart and screening questions.
enum class PaperForm { body_chart, screening };

/// What is known beforehand; what is empty becomes a line to write on.
struct FormInput {
  std::string clinic;
  std::string patient;
  std::string birth_date;                  // as it is to be read
  std::vector<std::string> symptoms;       // catalogue ids: their own questions are asked as well
  std::chrono::year_month_day printed_on;  // only in the document's properties
};

/// A tagged PDF in English; the same input gives the same bytes. Threads: safe.
/// Errors: invalid, a symptom that is not in the catalogue, or a booklet; internal, print.
base::Result<std::string> render_paper_form(PaperForm which, const FormInput& input,
                                            const PrintFormat& format, const Brand& brand = {});

}  // namespace facet::handouts
