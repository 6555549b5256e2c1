#!/bin/bash
# Fits our learners and other libraries' side by side, in rounds, on the same tables, and prints their ratios.
# usage: bench_learners.sh BENCHMARKS TABLES [ROUNDS]      TABLES such as sample_bin,sample_mc or large_bin
# The comparison itself is that of ../shared/peers; without it this is left out, and says so.
set -eu
program=$(realpath "$1") tables=$2 rounds=${3:-3}
compare=../shared/peers/learn/run.sh
if [ ! -e "$compare" ]; then
  echo "learners: left out, as $compare is not here: the comparison with other libraries"
  exit 0
fi
bash ../shared/peers/setup.sh learn > /dev/null
# OpenBLAS would start threads of its own before a program can say that it brings its own.
export OPENBLAS_NUM_THREADS=1
ours() { echo "$1: $program fit {csv} {target} $2 $3 {threads} {predictions}"; }
case $tables in
# Newton's method with a dense Hessian of 8 classes takes the peers the better part of an hour.
large_mc) peers=lgb_l31,xgb_l31 own=("$(ours ours_l31 gbt 200)") ;;
large*) peers=lgb_l31,xgb_l31,xgb_d6,lr_newton-cholesky own=("$(ours ours_l31 gbt 200)" "$(ours ours_lr lr 0)") ;;
*)
  peers=lgb_l31,lgb_d6,xgb_l31,xgb_d6,rfdaal,rf,et,lr_newton-cholesky,lr_lbfgs
  own=("$(ours ours_l31 gbt 200)" "$(ours ours_rf rf 100)" "$(ours ours_et et 100)" "$(ours ours_lr lr 0)")
  ;;
esac
with=()
for command in "${own[@]}"; do with+=(--with "$command"); done
bash "$compare" --data "$tables" --runs "$rounds" --models "$peers" "${with[@]}"
