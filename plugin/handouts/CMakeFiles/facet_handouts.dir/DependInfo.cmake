
# Consider dependencies only in project.
set(CMAKE_DEPENDS_IN_PROJECT_ONLY OFF)

# The set of languages for which implicit dependencies are needed:
set(CMAKE_DEPENDS_LANGUAGES
  )

# The set of dependency files which are needed:
set(CMAKE_DEPENDS_DEPENDENCY_FILES
  "/tmp/mini/plugin/handouts/commonmark.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/commonmark.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/commonmark.cpp.o.d"
  "/tmp/mini/plugin/handouts/embedded/handout_texts_files.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/embedded/handout_texts_files.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/embedded/handout_texts_files.cpp.o.d"
  "/tmp/mini/plugin/handouts/handout_layout.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_layout.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_layout.cpp.o.d"
  "/tmp/mini/plugin/handouts/handout_model.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_model.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_model.cpp.o.d"
  "/tmp/mini/plugin/handouts/handout_pdf.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_pdf.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/handout_pdf.cpp.o.d"
  "/tmp/mini/plugin/handouts/pdf_repair.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/pdf_repair.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/pdf_repair.cpp.o.d"
  "/tmp/mini/plugin/handouts/pictures.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/pictures.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/pictures.cpp.o.d"
  "/tmp/mini/plugin/handouts/sheet.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/sheet.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/sheet.cpp.o.d"
  "/tmp/mini/plugin/handouts/text_pack.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/text_pack.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/text_pack.cpp.o.d"
  "/tmp/mini/plugin/handouts/typesetter.cpp" "plugin/handouts/CMakeFiles/facet_handouts.dir/typesetter.cpp.o" "gcc" "plugin/handouts/CMakeFiles/facet_handouts.dir/typesetter.cpp.o.d"
  )

# Targets to which this target links.
set(CMAKE_TARGET_LINKED_INFO_FILES
  "/tmp/mini/plugin/base/CMakeFiles/facet_base.dir/DependInfo.cmake"
  )

# Fortran module output directory.
set(CMAKE_Fortran_TARGET_MODULE_DIR "")
