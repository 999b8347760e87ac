# SPDX-License-Identifier: MPL-2.0
# The throw-away PostgreSQL of this build folder as the CTest fixture `postgresql`.
# facet_test gives FACET_POSTGRESQL_PROPERTIES to every test labelled store; another test that needs the
# cluster says: facet_test(... PROPERTIES ${FACET_POSTGRESQL_PROPERTIES}). The test connects with
# $FACET_TEST_POSTGRESQL as user facet, a superuser, to a database that other tests use at the same time:
# make a schema or a database of your own.
execute_process(COMMAND id -u OUTPUT_VARIABLE uid OUTPUT_STRIP_TRAILING_WHITESPACE)
string(MD5 place "${CMAKE_BINARY_DIR}:${uid}")
string(SUBSTRING ${place} 0 12 place)
set(FACET_POSTGRESQL_DATA ${CMAKE_BINARY_DIR}/postgresql)
set(FACET_POSTGRESQL_SOCKET /tmp/facet-pg-${place})
set(FACET_POSTGRESQL_PROPERTIES
  FIXTURES_REQUIRED postgresql
  ENVIRONMENT "FACET_TEST_POSTGRESQL=host=${FACET_POSTGRESQL_SOCKET} dbname=postgres user=facet")

function(facet_postgresql_fixture)
  foreach(action IN ITEMS start stop)
    add_test(NAME postgresql_${action} COMMAND ${CMAKE_SOURCE_DIR}/tests/support/postgresql
      ${action} ${FACET_POSTGRESQL_DATA} ${FACET_POSTGRESQL_SOCKET})
  endforeach()
  set_tests_properties(postgresql_start PROPERTIES FIXTURES_SETUP postgresql TIMEOUT 120)
  set_tests_properties(postgresql_stop PROPERTIES FIXTURES_CLEANUP postgresql TIMEOUT 120)
endfunction()
