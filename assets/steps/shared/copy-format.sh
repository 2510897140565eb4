#!/bin/bash
# What a query gives, in the text format of COPY: one line a row, whatever line feeds, quotes or lines `\.` a user has put into
# a name, a comment or a function.
set -Eeuo pipefail

# copied FILE...: psql's input for the queries in these files, each one SELECT.
copied() {
  local file
  for file in "$@"; do
    printf 'COPY (\n'
    sed '$ s/;$//' "$file"
    printf ') TO STDOUT;\n'
  done
}
