file(REMOVE_RECURSE
  "../../lib/libfacet_web.a"
  "../../lib/libfacet_web.pdb"
  "CMakeFiles/facet_web.dir/embedded/web_files.cpp.o"
  "CMakeFiles/facet_web.dir/embedded/web_files.cpp.o.d"
  "app/installed.stamp"
  "dist/assets/app.css"
  "dist/assets/app.js"
  "dist/assets/icon.svg"
  "dist/index.html"
)

# Per-language clean rules from dependency scanning.
foreach(lang CXX)
  include(CMakeFiles/facet_web.dir/cmake_clean_${lang}.cmake OPTIONAL)
endforeach()
