#!/usr/bin/env bash
# From the bundled captures to three models and their evaluation.
# usage: demo.sh FLOWMETER OUTPUT_FOLDER
set -euo pipefail
flowmeter=$1 out=$2
bundled=$(dirname "${BASH_SOURCE[0]}")/../Datasets/bundled
learners=(logistic-regression random-forest gradient-boosting)
rm -rf "$out"
mkdir -p "$out"

for part in a b; do
  echo "== flows of recording ${part^^}"
  "$flowmeter" extract "$bundled/recording-$part.pcap" \
    --label-rules "$bundled/recording-$part.rules.yaml" --output "$out/$part.csv"
done

for learner in "${learners[@]}"; do
  echo "== $learner: trained on recording A, cross-validated there"
  "$flowmeter" train "$out/a.csv" --learner "$learner" --output "$out/$learner.json" \
    --report "$out/$learner-validation" --quiet >"$out/$learner-training.txt"
  "$flowmeter" crossval "$out/a.csv" --learner "$learner" --folds 5 \
    --report "$out/$learner-crossval" --quiet >"$out/$learner-crossval.txt"
  "$flowmeter" evaluate "$out/$learner.json" "$out/b.csv" --training "$out/a.csv" \
    --report "$out/$learner-on-recording-b" --quiet --json >"$out/$learner-evaluation.json"
done

# A number of an evaluation, to four digits: members of the document itself are indented by two
# blanks, those of its classes by more.
metric() { sed -n "s/^  \"$2\" *: *\([0-9.e-]*\).*/\1/p" "$1" | cut -c 1-6; }

echo
echo "Trained on recording A, judged on recording B, which was made later with other parameters:"
echo
printf '  %-22s %-10s %-10s %-10s %s\n' learner macro_f1 roc_auc recall false_positive_rate
for learner in "${learners[@]}"; do
  file=$out/$learner-evaluation.json
  printf '  %-22s %-10s %-10s %-10s %s\n' "$learner" "$(metric "$file" macro_f1)" \
    "$(metric "$file" roc_auc)" "$(metric "$file" recall)" "$(metric "$file" false_positive_rate)"
done
echo
echo "Models:       $out/{$(IFS=,; echo "${learners[*]}")}.json"
echo "Evaluations:  $out/*-on-recording-b/report.md, with findings on how far to trust them"
echo "Tables:       $out/a.csv and $out/b.csv"
