file(REMOVE_RECURSE
  "../../lib/libfacet_bedlink.a"
)
