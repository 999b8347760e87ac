/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_HTTP_H
#define FACET_HTTP_H
#include "facet/types.h"

/* Who asks. The host has authenticated the user; the plugin authorises. */
typedef struct {
  uint32_t struct_size;
  const char *user_id;      /* never NULL; stable, no personal data needed */
  const char *const *roles; /* NULL-ended: "physiotherapist", "reception", "admin"; may be empty */
} facet_principal;

/* One HTTP request below the host's mount point. */
typedef struct {
  uint32_t struct_size;
  const char *method;       /* upper-case */
  const char *path;         /* begins with '/', below the mount, percent-decoded once */
  const facet_pair *query;  /* decoded names and values, in order, repeats kept */
  const facet_pair *headers;
  size_t query_count, header_count;
  facet_bytes body;
  const facet_principal *principal; /* NULL: nobody has logged in */
  const char *remote;               /* address of the caller, for the audit trail; may be NULL */
  const char *purpose;              /* stated purpose of use; may be NULL */
} facet_request;

/* Where the plugin writes its answer, in order: begin, any headers, any chunks. The answer ends when
 * handle_request returns. [req] only, from the thread of the call. */
typedef struct facet_response facet_response;
struct facet_response {
  uint32_t struct_size;
  void *host_data;
  facet_status (*begin)(facet_response *, uint16_t http_status); /* once, first */
  /* After begin and before the first write. */
  facet_status (*header)(facet_response *, const char *name, const char *value);
  /* Copied or sent before it returns. FACET_UNAVAILABLE: the reader is gone, stop producing. */
  facet_status (*write)(facet_response *, facet_bytes chunk);
  /* Sends what was written so far; a host that cannot stream leaves this NULL and spools. */
  facet_status (*flush)(facet_response *);
};
#endif
