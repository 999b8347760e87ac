// Written by FacetEmbed.cmake.
#pragma once
#include "base/embedded.h"
namespace facet::handout_texts {
extern const base::EmbeddedFiles files;
}
