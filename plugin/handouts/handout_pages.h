// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/handout_service.h"
#include "rest/router.h"

namespace facet::handouts {

/// What a screen shows before anything is given, and what anybody of the clinic may print:
///   GET /pages/patient/{id}/handout   the patient's handout as HTML; recorded as read, not as given
///   GET /pages/handout                the general sheet as HTML
///   GET /pages/handout.pdf            the same on paper
///   GET /pages/handout-languages      JSON: what there is in which language
/// Queries take what $handout takes: language, track, paper, text-size, sides, booklet.
void mount_handout_pages(const HandoutService& service, rest::Router& router);

}  // namespace facet::handouts
