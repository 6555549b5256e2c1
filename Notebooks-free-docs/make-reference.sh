#!/usr/bin/env bash
# Makes the reference pages of the public libraries from their doc comments, without the network.
# usage: make-reference.sh OUTPUT_FOLDER
set -euo pipefail
out=$1
libraries=(FeatureTables FeatureExtraction Models Learning Evaluation)
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT

swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
found=$(find .build -type d -name symbolgraph | head -n 1)
mkdir -p "$out"
for library in "${libraries[@]}"; do
  mkdir -p "$graphs/$library"
  cp "$found/$library"*.symbols.json "$graphs/$library"
  docc convert --fallback-display-name "$library" --fallback-bundle-identifier "flowmeter.$library" \
    --additional-symbol-graph-dir "$graphs/$library" --output-path "$out/$library" \
    --transform-for-static-hosting --hosting-base-path "$library" >/dev/null
  echo "$out/$library/index.html"
done
echo "serve the folder to read them: python3 -m http.server --directory $out"
