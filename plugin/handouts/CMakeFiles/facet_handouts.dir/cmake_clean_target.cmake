file(REMOVE_RECURSE
  "../../lib/libfacet_handouts.a"
)
