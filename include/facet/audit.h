/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_AUDIT_H
#define FACET_AUDIT_H
#include "facet/plugin.h"

/* ---- an exported audit trail, checked without a clinic ----------------------------------------
 * A plugin's get_extension() may offer it, also while it is not active: it opens nothing but the files
 * that it is given. */
#define FACET_PLUGIN_AUDIT "facet.plugin.audit/1"
/* Receives one JSON object: {"valid": true, "events": 7, "chains": 1, "heads": 2, "problem": "", ...}.
 * Its return value is passed on by verify_trail. */
typedef facet_status (*facet_report_fn)(void *arg, facet_bytes json);
typedef struct {
  uint32_t struct_size;
  /* [any] Reads the file that GET /admin/audit/trail gave, against the clinic's audit.key (32 bytes)
   * and any files of heads that were kept elsewhere (NULL-ended; may be NULL). Calls `report` once,
   * also for a trail that is not whole. FACET_INVALID: a file cannot be read; the error says which. */
  facet_status (*verify_trail)(const facet_plugin *, const char *trail_file, const char *key_file,
                               const char *const *heads_files, facet_report_fn report, void *arg,
                               facet_error *);
} facet_plugin_audit;
#endif
