/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_TYPES_H
#define FACET_TYPES_H
/* Facet plugin ABI, major 1. C11, UTF-8 strings, no C++ types, no enums in structs.
 *
 * Lifetime: a pointer is BORROWED for the length of the call unless its comment says otherwise.
 *   Memory never changes owner: whoever allocated it frees it.
 * Threads: every function carries a tag. [life] one at a time per instance, never overlapping
 *   [req]; [req] concurrently from any number of threads; [any] whenever the instance exists.
 * Nothing but a return value crosses: no exception, no longjmp. */
#include <stddef.h>
#include <stdint.h>

#define FACET_EXPORT __attribute__((visibility("default")))

/* Fields are only ever appended; each addition raises the minor. The major is in the symbol. */
#define FACET_ABI_MINOR 0u

/* True if the table at p is new enough to have member m, and m is set. */
#define FACET_HAS(T, p, m) ((p) && (p)->struct_size >= offsetof(T, m) + sizeof((p)->m) && (p)->m)

typedef int32_t facet_status; /* never renumbered; treat unknown values as FACET_INTERNAL */
#define FACET_OK 0
#define FACET_INVALID 1     /* the caller broke the contract */
#define FACET_UNSUPPORTED 2 /* service, method or version not offered */
#define FACET_BAD_STATE 3   /* wrong lifecycle phase */
#define FACET_NOT_FOUND 4
#define FACET_TOO_SMALL 5   /* buffer too short; the required size was written back */
#define FACET_DENIED 6
#define FACET_UNAVAILABLE 7 /* transient: database, device or reader gone; try again later */
#define FACET_INTERNAL 8

typedef struct {
  const void *data;
  size_t size; /* bytes */
} facet_bytes;

typedef struct {
  const char *name, *value; /* header names are lower-case */
} facet_pair;

/* The caller's storage. The callee writes one NUL-ended sentence: what failed, what to do. */
typedef struct {
  char message[512];
} facet_error;

typedef struct facet_host facet_host;
typedef struct facet_plugin facet_plugin;
#endif
