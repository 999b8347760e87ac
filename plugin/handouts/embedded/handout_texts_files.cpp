// Written by FacetEmbed.cmake.
#include "handout_texts_files.h"
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_0\n.hidden facet_embedded_handout_texts_0_end\n.global facet_embedded_handout_texts_0\n.global facet_embedded_handout_texts_0_end\nfacet_embedded_handout_texts_0:\n.incbin \"/tmp/mini/schema/handouts/en-GB/about.md\"\nfacet_embedded_handout_texts_0_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_1\n.hidden facet_embedded_handout_texts_1_end\n.global facet_embedded_handout_texts_1\n.global facet_embedded_handout_texts_1_end\nfacet_embedded_handout_texts_1:\n.incbin \"/tmp/mini/schema/handouts/en-GB/bed.md\"\nfacet_embedded_handout_texts_1_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_2\n.hidden facet_embedded_handout_texts_2_end\n.global facet_embedded_handout_texts_2\n.global facet_embedded_handout_texts_2_end\nfacet_embedded_handout_texts_2:\n.incbin \"/tmp/mini/schema/handouts/en-GB/choices.md\"\nfacet_embedded_handout_texts_2_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_3\n.hidden facet_embedded_handout_texts_3_end\n.global facet_embedded_handout_texts_3\n.global facet_embedded_handout_texts_3_end\nfacet_embedded_handout_texts_3:\n.incbin \"/tmp/mini/schema/handouts/en-GB/footer.md\"\nfacet_embedded_handout_texts_3_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_4\n.hidden facet_embedded_handout_texts_4_end\n.global facet_embedded_handout_texts_4\n.global facet_embedded_handout_texts_4_end\nfacet_embedded_handout_texts_4:\n.incbin \"/tmp/mini/schema/handouts/en-GB/labels.md\"\nfacet_embedded_handout_texts_4_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_5\n.hidden facet_embedded_handout_texts_5_end\n.global facet_embedded_handout_texts_5\n.global facet_embedded_handout_texts_5_end\nfacet_embedded_handout_texts_5:\n.incbin \"/tmp/mini/schema/handouts/en-GB/nerves.md\"\nfacet_embedded_handout_texts_5_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_6\n.hidden facet_embedded_handout_texts_6_end\n.global facet_embedded_handout_texts_6\n.global facet_embedded_handout_texts_6_end\nfacet_embedded_handout_texts_6:\n.incbin \"/tmp/mini/schema/handouts/en-GB/secret-1.md\"\nfacet_embedded_handout_texts_6_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_7\n.hidden facet_embedded_handout_texts_7_end\n.global facet_embedded_handout_texts_7\n.global facet_embedded_handout_texts_7_end\nfacet_embedded_handout_texts_7:\n.incbin \"/tmp/mini/schema/handouts/en-GB/secret-2.md\"\nfacet_embedded_handout_texts_7_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_8\n.hidden facet_embedded_handout_texts_8_end\n.global facet_embedded_handout_texts_8\n.global facet_embedded_handout_texts_8_end\nfacet_embedded_handout_texts_8:\n.incbin \"/tmp/mini/schema/handouts/en-GB/secret-3.md\"\nfacet_embedded_handout_texts_8_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_9\n.hidden facet_embedded_handout_texts_9_end\n.global facet_embedded_handout_texts_9\n.global facet_embedded_handout_texts_9_end\nfacet_embedded_handout_texts_9:\n.incbin \"/tmp/mini/schema/handouts/en-GB/secret-4.md\"\nfacet_embedded_handout_texts_9_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_10\n.hidden facet_embedded_handout_texts_10_end\n.global facet_embedded_handout_texts_10\n.global facet_embedded_handout_texts_10_end\nfacet_embedded_handout_texts_10:\n.incbin \"/tmp/mini/schema/handouts/en-GB/soon.md\"\nfacet_embedded_handout_texts_10_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_11\n.hidden facet_embedded_handout_texts_11_end\n.global facet_embedded_handout_texts_11\n.global facet_embedded_handout_texts_11_end\nfacet_embedded_handout_texts_11:\n.incbin \"/tmp/mini/schema/handouts/en-GB/today.md\"\nfacet_embedded_handout_texts_11_end:\n.byte 0\n.previous");
__asm__(".section .rodata\n.hidden facet_embedded_handout_texts_12\n.hidden facet_embedded_handout_texts_12_end\n.global facet_embedded_handout_texts_12\n.global facet_embedded_handout_texts_12_end\nfacet_embedded_handout_texts_12:\n.incbin \"/tmp/mini/schema/handouts/en-GB/urgent.md\"\nfacet_embedded_handout_texts_12_end:\n.byte 0\n.previous");
extern "C" const char facet_embedded_handout_texts_0[];
extern "C" const char facet_embedded_handout_texts_0_end[];
extern "C" const char facet_embedded_handout_texts_1[];
extern "C" const char facet_embedded_handout_texts_1_end[];
extern "C" const char facet_embedded_handout_texts_2[];
extern "C" const char facet_embedded_handout_texts_2_end[];
extern "C" const char facet_embedded_handout_texts_3[];
extern "C" const char facet_embedded_handout_texts_3_end[];
extern "C" const char facet_embedded_handout_texts_4[];
extern "C" const char facet_embedded_handout_texts_4_end[];
extern "C" const char facet_embedded_handout_texts_5[];
extern "C" const char facet_embedded_handout_texts_5_end[];
extern "C" const char facet_embedded_handout_texts_6[];
extern "C" const char facet_embedded_handout_texts_6_end[];
extern "C" const char facet_embedded_handout_texts_7[];
extern "C" const char facet_embedded_handout_texts_7_end[];
extern "C" const char facet_embedded_handout_texts_8[];
extern "C" const char facet_embedded_handout_texts_8_end[];
extern "C" const char facet_embedded_handout_texts_9[];
extern "C" const char facet_embedded_handout_texts_9_end[];
extern "C" const char facet_embedded_handout_texts_10[];
extern "C" const char facet_embedded_handout_texts_10_end[];
extern "C" const char facet_embedded_handout_texts_11[];
extern "C" const char facet_embedded_handout_texts_11_end[];
extern "C" const char facet_embedded_handout_texts_12[];
extern "C" const char facet_embedded_handout_texts_12_end[];
namespace facet::handout_texts {
static const base::EmbeddedFile table[] = {
    {"en-GB/about.md", facet_embedded_handout_texts_0, facet_embedded_handout_texts_0_end},
    {"en-GB/bed.md", facet_embedded_handout_texts_1, facet_embedded_handout_texts_1_end},
    {"en-GB/choices.md", facet_embedded_handout_texts_2, facet_embedded_handout_texts_2_end},
    {"en-GB/footer.md", facet_embedded_handout_texts_3, facet_embedded_handout_texts_3_end},
    {"en-GB/labels.md", facet_embedded_handout_texts_4, facet_embedded_handout_texts_4_end},
    {"en-GB/nerves.md", facet_embedded_handout_texts_5, facet_embedded_handout_texts_5_end},
    {"en-GB/secret-1.md", facet_embedded_handout_texts_6, facet_embedded_handout_texts_6_end},
    {"en-GB/secret-2.md", facet_embedded_handout_texts_7, facet_embedded_handout_texts_7_end},
    {"en-GB/secret-3.md", facet_embedded_handout_texts_8, facet_embedded_handout_texts_8_end},
    {"en-GB/secret-4.md", facet_embedded_handout_texts_9, facet_embedded_handout_texts_9_end},
    {"en-GB/soon.md", facet_embedded_handout_texts_10, facet_embedded_handout_texts_10_end},
    {"en-GB/today.md", facet_embedded_handout_texts_11, facet_embedded_handout_texts_11_end},
    {"en-GB/urgent.md", facet_embedded_handout_texts_12, facet_embedded_handout_texts_12_end},
};
const base::EmbeddedFiles files{table, 13};
}
