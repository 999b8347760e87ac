# CMake generated Testfile for 
# Source directory: /tmp/mini/plugin/bedlink
# Build directory: /tmp/mini/plugin/bedlink
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
