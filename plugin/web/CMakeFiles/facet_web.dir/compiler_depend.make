# Empty compiler generated dependencies file for facet_web.
# This may be replaced when dependencies are built.
