/* SPDX-License-Identifier: MPL-2.0 */
/* The layout of major 1, minor 0 on 64-bit machines. A change here breaks every built plugin. */
#include <assert.h>

#include "facet/facet.h"

static_assert(sizeof(facet_bytes) == 16, "facet_bytes");
static_assert(sizeof(facet_pair) == 16, "facet_pair");
static_assert(sizeof(facet_error) == 512, "facet_error");
static_assert(sizeof(facet_status) == 4, "facet_status");
static_assert(sizeof(struct facet_host) == 40, "facet_host");
static_assert(offsetof(struct facet_host, get_service) == 32, "facet_host.get_service");
static_assert(sizeof(facet_host_log) == 16, "facet_host_log");
static_assert(sizeof(facet_host_config) == 16, "facet_host_config");
static_assert(sizeof(facet_host_patients) == 32, "facet_host_patients");
static_assert(sizeof(facet_principal) == 24, "facet_principal");
static_assert(sizeof(facet_request) == 96, "facet_request");
static_assert(offsetof(facet_request, principal) == 72, "facet_request.principal");
static_assert(sizeof(struct facet_response) == 48, "facet_response");
static_assert(sizeof(struct facet_plugin) == 64, "facet_plugin");
static_assert(offsetof(struct facet_plugin, handle_request) == 32, "facet_plugin.handle_request");
static_assert(sizeof(facet_plugin_audit) == 16, "facet_plugin_audit");
static_assert(sizeof(facet_sheet) == 40, "facet_sheet");
static_assert(sizeof(facet_plugin_handout) == 32, "facet_plugin_handout");
static_assert(sizeof(facet_entry) == 48, "facet_entry");
static_assert(offsetof(facet_entry, create) == 40, "facet_entry.create");
