#!/bin/bash
# Times FlowMeter's whole grid, and a single fit with an L1 penalty, beside scikit-learn's, on the sample of the comparison.
# usage: bench_search.sh BENCHMARKS
# The table and the libraries are those of ../shared/peers; without them this is left out, and says so.
set -eu
program=$(realpath "$1")
setup=../shared/peers/setup.sh
if [ ! -e "$setup" ]; then
  echo "search: left out, as $setup is not here: the comparison with other libraries"
  exit 0
fi
bash "$setup" learn > /dev/null
home=${PEERS_HOME:-$HOME/.cache/flowmeter-peers}
here=$(dirname "$0")
export OPENBLAS_NUM_THREADS=1
"$home/venv/learn/bin/python" "$here/bench_l1.py" "$program" "$home/data/sample.csv"
"$home/venv/learn/bin/python" "$here/bench_grid.py" "$program" "$home/data/sample.csv"
