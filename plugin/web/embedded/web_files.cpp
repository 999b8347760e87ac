// Written by FacetEmbed.cmake.
#include "web_files.h"
__asm__(".section .rodata\n.hidden facet_embedded_web_0\n.hidden facet_embedded_web_0_end\n.global facet_embedded_web_0\n.global facet_embedded_web_0_end\nfacet_embedded_web_0:\n.incbin \"/tmp/mini/plugin/web/dist/index.html\"\nfacet_embedded_web_0_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_web_1\n.hidden facet_embedded_web_1_end\n.global facet_embedded_web_1\n.global facet_embedded_web_1_end\nfacet_embedded_web_1:\n.incbin \"/tmp/mini/plugin/web/dist/assets/app.js\"\nfacet_embedded_web_1_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_web_2\n.hidden facet_embedded_web_2_end\n.global facet_embedded_web_2\n.global facet_embedded_web_2_end\nfacet_embedded_web_2:\n.incbin \"/tmp/mini/plugin/web/dist/assets/app.css\"\nfacet_embedded_web_2_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_web_3\n.hidden facet_embedded_web_3_end\n.global facet_embedded_web_3\n.global facet_embedded_web_3_end\nfacet_embedded_web_3:\n.incbin \"/tmp/mini/plugin/web/dist/assets/icon.svg\"\nfacet_embedded_web_3_end:\n.byte 0\n.previous");
extern "C" const char facet_embedded_web_0[];
extern "C" const char facet_embedded_web_0_end[];
extern "C" const char facet_embedded_web_1[];
extern "C" const char facet_embedded_web_1_end[];
extern "C" const char facet_embedded_web_2[];
extern "C" const char facet_embedded_web_2_end[];
extern "C" const char facet_embedded_web_3[];
extern "C" const char facet_embedded_web_3_end[];
namespace facet::web {
static const base::EmbeddedFile table[] = {
    {"index.html", facet_embedded_web_0, facet_embedded_web_0_end},
    {"assets/app.js", facet_embedded_web_1, facet_embedded_web_1_end},
    {"assets/app.css", facet_embedded_web_2, facet_embedded_web_2_end},
    {"assets/icon.svg", facet_embedded_web_3, facet_embedded_web_3_end},
};
const base::EmbeddedFiles files{table, 4};
}
