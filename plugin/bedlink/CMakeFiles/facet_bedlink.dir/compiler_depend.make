# Empty compiler generated dependencies file for facet_bedlink.
# This may be replaced when dependencies are built.
