// Written by FacetEmbed.cmake.
#pragma once
#include "base/embedded.h"
namespace facet::web {
extern const base::EmbeddedFiles files;
}
