file(REMOVE_RECURSE
  "../../lib/libfacet_bedlink.a"
  "../../lib/libfacet_bedlink.pdb"
  "CMakeFiles/facet_bedlink.dir/bed_session.cpp.o"
  "CMakeFiles/facet_bedlink.dir/bed_session.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/certificates.cpp.o"
  "CMakeFiles/facet_bedlink.dir/certificates.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/clinic_keys.cpp.o"
  "CMakeFiles/facet_bedlink.dir/clinic_keys.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/fields.cpp.o"
  "CMakeFiles/facet_bedlink.dir/fields.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/files.cpp.o"
  "CMakeFiles/facet_bedlink.dir/files.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/gateway.cpp.o"
  "CMakeFiles/facet_bedlink.dir/gateway.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/jws.cpp.o"
  "CMakeFiles/facet_bedlink.dir/jws.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/link_code.cpp.o"
  "CMakeFiles/facet_bedlink.dir/link_code.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/messages.cpp.o"
  "CMakeFiles/facet_bedlink.dir/messages.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/order.cpp.o"
  "CMakeFiles/facet_bedlink.dir/order.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/pairing.cpp.o"
  "CMakeFiles/facet_bedlink.dir/pairing.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/pairing_socket.cpp.o"
  "CMakeFiles/facet_bedlink.dir/pairing_socket.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/tls.cpp.o"
  "CMakeFiles/facet_bedlink.dir/tls.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/watchdog.cpp.o"
  "CMakeFiles/facet_bedlink.dir/watchdog.cpp.o.d"
  "CMakeFiles/facet_bedlink.dir/wire.cpp.o"
  "CMakeFiles/facet_bedlink.dir/wire.cpp.o.d"
)

# Per-language clean rules from dependency scanning.
foreach(lang CXX)
  include(CMakeFiles/facet_bedlink.dir/cmake_clean_${lang}.cmake OPTIONAL)
endforeach()
