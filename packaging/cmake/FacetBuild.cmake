# SPDX-License-Identifier: MPL-2.0
# Compiler settings, the libraries Facet uses, and one function per kind of target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion)
# g++ 12 reports false overlaps and dangling pointers inside std::string and std::optional at -O2.
add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow)

set(FACET_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")
if(FACET_SANITIZE)
  # vptr would need typeinfo that Debian's SOCI hides (link errors).
  # Without no-recover, undefined behaviour would be printed and the test would still pass.
  add_compile_options(-fsanitize=${FACET_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
    -fno-omit-frame-pointer -O1)
  add_link_options(-fsanitize=${FACET_SANITIZE} -fno-sanitize=vptr)
  add_compile_definitions(FACET_SANITIZED=1)
  # ctest reads this file before it runs anything, so every test and its children have the options.
  set(supp ${CMAKE_SOURCE_DIR}/tests/support)
  file(WRITE ${CMAKE_BINARY_DIR}/sanitizer_environment.cmake
"set(ENV{LSAN_OPTIONS} \"suppressions=${supp}/lsan.supp:print_suppressions=0\")
set(ENV{TSAN_OPTIONS} \"suppressions=${supp}/tsan.supp:second_deadlock_stack=1\")
set(ENV{UBSAN_OPTIONS} \"print_stacktrace=1\")
")
  set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY
    TEST_INCLUDE_FILES ${CMAKE_BINARY_DIR}/sanitizer_environment.cmake)
endif()
include(FacetPostgresql)

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Poco CONFIG REQUIRED COMPONENTS Foundation Util Crypto Net NetSSL)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(Catch2 2 REQUIRED)
find_package(benchmark REQUIRED)
find_package(tl-expected REQUIRED PATHS /usr/share/cmake)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
include(Catch)
find_package(PkgConfig REQUIRED)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(PRINT REQUIRED IMPORTED_TARGET cairo-pdf pangocairo pangoft2 fribidi librsvg-2.0 libxml-2.0
  libpng libqrencode libqpdf libcmark)
find_library(SOCI_CORE soci_core REQUIRED)
find_library(SOCI_SQLITE soci_sqlite3 REQUIRED)
find_library(SOCI_POSTGRESQL soci_postgresql REQUIRED)
find_library(DATE_TZ date-tz REQUIRED)

# facet_folder(NAME [LINK target...]): the static library facet_NAME from every .cpp of this folder.
# Sources are globbed so that adding a file needs no edit here.
function(facet_folder name)
  cmake_parse_arguments(ARG "" "" "LINK;PARTS" ${ARGN})
  list(TRANSFORM ARG_PARTS APPEND /*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp ${ARG_PARTS})
  add_library(facet_${name} STATIC ${sources})
  target_include_directories(facet_${name} PUBLIC ${CMAKE_SOURCE_DIR}/plugin)
  target_link_libraries(facet_${name} PUBLIC ${ARG_LINK})
endfunction()

# facet_test(NAME LABEL label [LINK target...] [PROPERTIES name value...]): a Catch2 program from every
# .cpp of this folder; each test case becomes a CTest test with that label. Label `store` brings PostgreSQL.
function(facet_test name)
  cmake_parse_arguments(ARG "" "LABEL" "LINK;PROPERTIES" ${ARGN})
  if(ARG_LABEL STREQUAL "store")
    list(PREPEND ARG_PROPERTIES ${FACET_POSTGRESQL_PROPERTIES})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} Catch2::Catch2WithMain)
  catch_discover_tests(${name} TEST_PREFIX "${name}: "
    PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 120 ${ARG_PROPERTIES})
endfunction()
