#!/usr/bin/env bash
# Builds the fuzzers and runs each for a number of executions; ends at the first crash, trap or hang and leaves the
# input in out/fuzzing. What once broke a reader goes to Seeds, which 'swift test' replays.
# usage: run.sh RUNS [FUZZER...]     1000000, all three
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs=${1:?usage: run.sh RUNS [FUZZER...]}
shift
fuzzers=("$@")
((${#fuzzers[@]})) || fuzzers=(FuzzCaptures FuzzPackets FuzzLabelRules)
# The crash handler of Swift does not end under libFuzzer.
export FLOWMETER_FUZZING=1 SWIFT_BACKTRACE=enable=no
shared=../shared/data

# Inputs to begin with: those of the repository, and where they are, the real ones.
seeds() { # FUZZER FOLDER
  cp Tests/Fuzzing/Seeds/"$1"/* "$2"
  case $1 in
    FuzzCaptures)
      head -c 6000 Datasets/bundled/recording-a.pcap > "$2/recording-a"
      if [[ -d $shared/pcap ]]; then
        find "$shared/pcap" -type f -size -8k ! -name '*.tsv' -print0 |
          while IFS= read -r -d '' file; do
            cp --no-preserve=mode "$file" "$2/$(sha256sum < "$file" | cut -c1-16)"
          done
      fi ;;
    FuzzPackets)
      # The first packet of each, with what follows it, behind a byte that chooses the modes.
      if [[ -d $shared/pcap ]]; then
        find "$shared/pcap" -type f -name '*.pcap' -size -64k -print0 |
          while IFS= read -r -d '' file; do
            { printf '\3'; head -c 440 "$file" | tail -c +41; } > "$2/$(sha256sum < "$file" | cut -c1-16)"
          done
      fi ;;
    FuzzLabelRules)
      head -c 6000 Sources/FeatureExtraction/Resources/rules-cic-ids2017.yaml > "$2/rules-2017" ;;
  esac
}

for fuzzer in "${fuzzers[@]}"; do
  swift build -c release --sanitize fuzzer --scratch-path .build/fuzzing --product "$fuzzer"
  corpus=.build/fuzzing/corpus/$fuzzer
  rm -rf "$corpus"
  mkdir -p "$corpus" out/fuzzing
  seeds "$fuzzer" "$corpus"
  echo "$fuzzer: $runs executions from $(find "$corpus" -type f | wc -l) inputs"
  .build/fuzzing/release/"$fuzzer" "$corpus" -runs="$runs" -seed=1 -max_len=8192 -timeout=20 -rss_limit_mb=2048 \
    -artifact_prefix="out/fuzzing/$fuzzer-" -print_final_stats=1 -verbosity=0 2>&1 |
    grep -vE '^(INFO|\s*NEW_FUNC|"|#####|stat::(new_units|slowest))' || { echo "$fuzzer: failed, see out/fuzzing" >&2; exit 1; }
done
