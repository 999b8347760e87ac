# SPDX-License-Identifier: MPL-2.0
# facet_embed(TARGET NAMESPACE ns ROOT dir FILES file...): puts files into TARGET as constants.
# Code reads them with facet::base::embedded(ns::files, "path/below/ROOT") after
# #include "<ns>_files.h"; the bytes are included by the assembler, so size costs no compile time.
function(facet_embed target)
  cmake_parse_arguments(ARG "" "NAMESPACE;ROOT" "FILES" ${ARGN})
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(header ${dir}/${ARG_NAMESPACE}_files.h)
  set(source ${dir}/${ARG_NAMESPACE}_files.cpp)
  set(table "")
  set(assembly "")
  set(declarations "")
  set(index 0)
  foreach(file IN LISTS ARG_FILES)
    file(RELATIVE_PATH name ${ARG_ROOT} ${file})
    set(symbol facet_embedded_${ARG_NAMESPACE}_${index})
    string(APPEND assembly
      "__asm__(\".section .rodata\\n.hidden ${symbol}\\n.hidden ${symbol}_end\\n"
      ".global ${symbol}\\n.global ${symbol}_end\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n"
      "${symbol}_end:\\n.byte 0\\n.previous\");\n")
    string(APPEND declarations
      "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND table "    {\"${name}\", ${symbol}, ${symbol}_end},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT
"// Written by FacetEmbed.cmake.
#pragma once
#include \"base/embedded.h\"
namespace facet::${ARG_NAMESPACE} {
extern const base::EmbeddedFiles files;
}
")
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"// Written by FacetEmbed.cmake.
#include \"${ARG_NAMESPACE}_files.h\"
${assembly}${declarations}namespace facet::${ARG_NAMESPACE} {
static const base::EmbeddedFile table[] = {
${table}};
const base::EmbeddedFiles files{table, ${index}};
}
")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARG_FILES}")
  target_sources(${target} PRIVATE ${source})
  target_include_directories(${target} PUBLIC ${dir})
endfunction()
