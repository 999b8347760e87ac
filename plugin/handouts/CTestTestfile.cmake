# CMake generated Testfile for 
# Source directory: /tmp/mini/plugin/handouts
# Build directory: /tmp/mini/plugin/handouts
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
