#!/bin/sh
# Renews the golden files from the demo. Run it in the root of the repository, read the difference, and say in the
# commit why the results change.
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
.venv/bin/python -m huchu demo --out "$out/demo" > "$out/told"
cp "$out/demo/lines.csv" "$out/demo/calls.csv" "$out/demo/statements/SH-LG-01-2025-06.json" data/golden/
git --no-pager diff --stat -- data/golden
