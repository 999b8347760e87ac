file(REMOVE_RECURSE
  "../../lib/libfacet_web.a"
)
