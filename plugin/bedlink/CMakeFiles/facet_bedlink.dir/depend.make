# Empty dependencies file for facet_bedlink.
# This may be replaced when dependencies are built.
