// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/commands.h"

int main(int argc, char** argv) { return facet::hosts::run_facet(argc, argv); }
