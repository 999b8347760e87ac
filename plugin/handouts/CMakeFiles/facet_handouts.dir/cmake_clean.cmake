file(REMOVE_RECURSE
  "../../lib/libfacet_handouts.a"
  "../../lib/libfacet_handouts.pdb"
  "CMakeFiles/facet_handouts.dir/commonmark.cpp.o"
  "CMakeFiles/facet_handouts.dir/commonmark.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/embedded/handout_texts_files.cpp.o"
  "CMakeFiles/facet_handouts.dir/embedded/handout_texts_files.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/handout_layout.cpp.o"
  "CMakeFiles/facet_handouts.dir/handout_layout.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/handout_model.cpp.o"
  "CMakeFiles/facet_handouts.dir/handout_model.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/handout_pdf.cpp.o"
  "CMakeFiles/facet_handouts.dir/handout_pdf.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/pdf_repair.cpp.o"
  "CMakeFiles/facet_handouts.dir/pdf_repair.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/pictures.cpp.o"
  "CMakeFiles/facet_handouts.dir/pictures.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/sheet.cpp.o"
  "CMakeFiles/facet_handouts.dir/sheet.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/text_pack.cpp.o"
  "CMakeFiles/facet_handouts.dir/text_pack.cpp.o.d"
  "CMakeFiles/facet_handouts.dir/typesetter.cpp.o"
  "CMakeFiles/facet_handouts.dir/typesetter.cpp.o.d"
)

# Per-language clean rules from dependency scanning.
foreach(lang CXX)
  include(CMakeFiles/facet_handouts.dir/cmake_clean_${lang}.cmake OPTIONAL)
endforeach()
