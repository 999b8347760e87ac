
# Consider dependencies only in project.
set(CMAKE_DEPENDS_IN_PROJECT_ONLY OFF)

# The set of languages for which implicit dependencies are needed:
set(CMAKE_DEPENDS_LANGUAGES
  )

# The set of dependency files which are needed:
set(CMAKE_DEPENDS_DEPENDENCY_FILES
  "/tmp/mini/plugin/bedlink/bed_session.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/bed_session.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/bed_session.cpp.o.d"
  "/tmp/mini/plugin/bedlink/certificates.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/certificates.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/certificates.cpp.o.d"
  "/tmp/mini/plugin/bedlink/clinic_keys.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/clinic_keys.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/clinic_keys.cpp.o.d"
  "/tmp/mini/plugin/bedlink/fields.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/fields.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/fields.cpp.o.d"
  "/tmp/mini/plugin/bedlink/files.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/files.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/files.cpp.o.d"
  "/tmp/mini/plugin/bedlink/gateway.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/gateway.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/gateway.cpp.o.d"
  "/tmp/mini/plugin/bedlink/jws.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/jws.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/jws.cpp.o.d"
  "/tmp/mini/plugin/bedlink/link_code.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/link_code.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/link_code.cpp.o.d"
  "/tmp/mini/plugin/bedlink/messages.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/messages.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/messages.cpp.o.d"
  "/tmp/mini/plugin/bedlink/order.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/order.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/order.cpp.o.d"
  "/tmp/mini/plugin/bedlink/pairing.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/pairing.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/pairing.cpp.o.d"
  "/tmp/mini/plugin/bedlink/pairing_socket.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/pairing_socket.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/pairing_socket.cpp.o.d"
  "/tmp/mini/plugin/bedlink/tls.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/tls.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/tls.cpp.o.d"
  "/tmp/mini/plugin/bedlink/watchdog.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/watchdog.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/watchdog.cpp.o.d"
  "/tmp/mini/plugin/bedlink/wire.cpp" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/wire.cpp.o" "gcc" "plugin/bedlink/CMakeFiles/facet_bedlink.dir/wire.cpp.o.d"
  )

# Targets to which this target links.
set(CMAKE_TARGET_LINKED_INFO_FILES
  "/tmp/mini/plugin/base/CMakeFiles/facet_base.dir/DependInfo.cmake"
  )

# Fortran module output directory.
set(CMAKE_Fortran_TARGET_MODULE_DIR "")
