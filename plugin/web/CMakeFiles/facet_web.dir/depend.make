# Empty dependencies file for facet_web.
# This may be replaced when dependencies are built.
