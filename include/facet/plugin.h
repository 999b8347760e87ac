/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_PLUGIN_H
#define FACET_PLUGIN_H
#include "facet/host.h"
#include "facet/http.h"

/* One instance of the plugin. Order of life:
 * create, init, activate, (handle_request...), deactivate, [activate again,] destroy. */
struct facet_plugin {
  uint32_t struct_size;
  void *plugin_data; /* the plugin's own */
  /* [life] Binds the host's services and reads settings. Opens nothing. */
  facet_status (*init)(const facet_plugin *, facet_error *);
  /* [life] Opens and migrates the database, starts the bed gateway. On failure nothing is left open. */
  facet_status (*activate)(const facet_plugin *, facet_error *);
  /* [req, active] FACET_OK once an answer was begun and ended, whatever its HTTP status. Any other
   * status after begin: the answer broke off, and the host must not end it as if it were whole. */
  facet_status (*handle_request)(const facet_plugin *, const facet_request *, facet_response *);
  /* [life] Joins the plugin's threads; the host has stopped its requests and stays silent after. */
  void (*deactivate)(const facet_plugin *);
  /* [life, inactive] Frees the instance; this table is invalid afterwards. */
  void (*destroy)(const facet_plugin *);
  /* [any, after init] Table of an optional capability such as FACET_PLUGIN_AUDIT, or NULL. */
  const void *(*get_extension)(const facet_plugin *, const char *id);
};

/* Static data, valid while the library is loaded. */
typedef struct {
  uint32_t struct_size, abi_minor;
  const char *id, *name, *version;
  const char *const *required_services; /* NULL-ended ids; a host that lacks one refuses early */
  /* [life] On FACET_OK *out belongs to the plugin until destroy(). */
  facet_status (*create)(const facet_host *, const facet_plugin **out, facet_error *);
} facet_entry;

#ifdef __cplusplus
extern "C" {
#endif
/* [any] The only exported symbol. */
FACET_EXPORT const facet_entry *facet_entry_v1(void);
#ifdef __cplusplus
}
#endif
#endif
