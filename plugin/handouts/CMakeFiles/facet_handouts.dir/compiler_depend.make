# Empty compiler generated dependencies file for facet_handouts.
# This may be replaced when dependencies are built.
