/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_HANDOUT_H
#define FACET_HANDOUT_H
#include "facet/plugin.h"

/* ---- sheets that name no patient, printed without a clinic --------------------------------------
 * A plugin's get_extension() may offer it, also while it is not active: it opens nothing but the
 * folder that it is given. */
#define FACET_PLUGIN_HANDOUT "facet.plugin.handout/1"
typedef struct {
  uint32_t struct_size;
  /* As the query of GET /pages/handout.pdf: language=ko, track=prevention, paper=letter... */
  const facet_pair *wishes;
  size_t wish_count;
  const char *clinic; /* the name to print, or NULL */
  const char *folder; /* a clinic's own texts and look, DIR/handouts, or NULL */
} facet_sheet;
/* Receives everything in one piece. Its return value is passed on. */
typedef facet_status (*facet_output_fn)(void *arg, facet_bytes);
typedef struct {
  uint32_t struct_size;
  /* [any] The general handout as PDF. FACET_INVALID: a wish or a text that is wrong; the error says
   * which, with file and line. */
  facet_status (*print_general)(const facet_plugin *, const facet_sheet *, facet_output_fn, void *arg,
                                facet_error *);
  /* [any] A form to be filled in by pen as PDF: "body-chart" or "screening". It takes the wish paper. */
  facet_status (*print_blank)(const facet_plugin *, const char *form, const facet_sheet *,
                              facet_output_fn, void *arg, facet_error *);
  /* [any] Reads a clinic's folder as print would. Gives a JSON list: {"what": "handout texts ko",
   * "fault": ""}; a fault is a sentence with file and line. */
  facet_status (*check_folder)(const facet_plugin *, const char *folder, facet_output_fn, void *arg,
                               facet_error *);
} facet_plugin_handout;
#endif
