/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_HOST_H
#define FACET_HOST_H
#include "facet/types.h"

/* What a host is to a plugin. Valid until destroy() has returned. */
struct facet_host {
  uint32_t struct_size, abi_minor;
  void *host_data;            /* the host's own; the plugin passes facet_host back, never reads it */
  const char *name, *version; /* for logs; never decide by them */
  /* [any] The table of a service id such as FACET_HOST_LOG, or NULL if the host does not offer it.
   * The table is valid until destroy(). Not to be called inside create(). */
  const void *(*get_service)(const facet_host *, const char *id);
};

/* ---- messages to the operator ---------------------------------------------------------------- */
#define FACET_HOST_LOG "facet.host.log/1"
#define FACET_LOG_DEBUG 0
#define FACET_LOG_INFO 1
#define FACET_LOG_WARNING 2
#define FACET_LOG_ERROR 3
typedef struct {
  uint32_t struct_size;
  /* [any] Must not block. The plugin puts no patient data above debug. */
  void (*write)(const facet_host *, int32_t severity, const char *text);
} facet_host_log;

/* ---- settings -------------------------------------------------------------------------------- */
#define FACET_HOST_CONFIG "facet.host.config/1"
typedef struct {
  uint32_t struct_size;
  /* [any] Copies the value. *size: capacity in, bytes needed including NUL out.
   * FACET_OK, FACET_NOT_FOUND (the default holds) or FACET_TOO_SMALL. Keys: plugin/entry/README.md. */
  facet_status (*get)(const facet_host *, const char *key, char *buffer, size_t *size);
} facet_host_config;

/* ---- patients whom the host knows ------------------------------------------------------------ */
#define FACET_HOST_PATIENTS "facet.host.patients/1"
/* Receives one FHIR R4 Patient as JSON. Return other than FACET_OK to stop. */
typedef facet_status (*facet_patient_fn)(void *arg, facet_bytes patient_json);
/* Receives one merge: `from` was found to be the same person as `into`. */
typedef facet_status (*facet_merge_fn)(void *arg, const char *from_id, const char *into_id);
/* Offered by a host that owns patient demographics. Facet keeps a shadow row for every patient it
 * writes about; it asks the host when an id is new to it. Ids are FHIR ids. */
typedef struct {
  uint32_t struct_size;
  /* [any] Calls `each` once, or returns FACET_NOT_FOUND. */
  facet_status (*look_up)(const facet_host *, const char *patient_id, facet_patient_fn each, void *arg);
  /* [any] Calls `each` for at most `limit` patients whose name matches the typed text. */
  facet_status (*search)(const facet_host *, const char *typed, uint32_t limit, facet_patient_fn each,
                         void *arg);
  /* [any] Calls `each` for every merge since a UTC time in milliseconds, oldest first. */
  facet_status (*merges)(const facet_host *, int64_t since_ms, facet_merge_fn each, void *arg);
} facet_host_patients;
#endif
