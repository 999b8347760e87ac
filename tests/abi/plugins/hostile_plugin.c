/* SPDX-License-Identifier: MPL-2.0 */
/* Plugins that a host must refuse; FAULT says which. */
#include <stdio.h>

#include "facet/facet.h"

#define NO_SYMBOL 1
#define SHORT_ENTRY 2
#define NULL_ENTRY 3
#define NO_CREATE 4
#define CREATE_FAILS 5
#define NEEDS_MORE 6
#define SHORT_TABLE 7
#define NO_NAME 8

static facet_status create(const facet_host *host, const facet_plugin **out, facet_error *error) {
  static const struct facet_plugin table = {.struct_size = 16};
  (void)host;
  if (FAULT == CREATE_FAILS) {
    snprintf(error->message, sizeof error->message, "out of beds");
    return FACET_UNAVAILABLE;
  }
  *out = &table;
  return FACET_OK;
}

#if FAULT != NO_SYMBOL
static const char *const required[] = {FACET_HOST_LOG, "facet.host.oracle/1", NULL};
static const facet_entry entry = {
    FAULT == SHORT_ENTRY ? 12 : sizeof entry, FACET_ABI_MINOR,
    FAULT == NO_NAME ? NULL : "facet.hostile", "Hostile", "1.0",
    FAULT == NEEDS_MORE ? required : NULL,     FAULT == NO_CREATE ? NULL : create};

FACET_EXPORT const facet_entry *facet_entry_v1(void) {
  return FAULT == NULL_ENTRY ? NULL : &entry;
}
#else
FACET_EXPORT facet_status unrelated(void);
FACET_EXPORT facet_status unrelated(void) { return create(NULL, NULL, NULL); }
#endif
