/* SPDX-License-Identifier: MPL-2.0 */
#include "facet/handout.h"
