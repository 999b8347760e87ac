/* SPDX-License-Identifier: MPL-2.0 */
#ifndef FACET_FACET_H
#define FACET_FACET_H
/* Everything a host or a plugin needs. Start with plugin.h. */
#include "facet/audit.h"
#include "facet/handout.h"
#include "facet/host.h"
#include "facet/http.h"
#include "facet/plugin.h"
#include "facet/types.h"
#endif
