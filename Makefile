# FlowMeter: plain `make` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PREFIX ?= /usr/local
FLOWMETER := .build/release/flowmeter
.PHONY: help install-dependencies build demo test bench bench-long compare feature-gain fuzz fuzz-short lint format docs datasets install clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-22s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install-dependencies: ## Install the system libraries that are missing (apt)
	@.ci/install-dependencies

build: install-dependencies ## Build the tools in release mode
	swift build -c release

demo: install-dependencies ## From the bundled captures to three models and their evaluation
	swift build -c release --product flowmeter
	@Notebooks-free-docs/demo.sh $(FLOWMETER) out/demo

# One build serves all: the tests run in release mode, as the numeric ones take minutes otherwise.
test: install-dependencies ## Build and run every test
	swift build -c release --build-tests
	swift test -c release --skip-build

bench: install-dependencies ## Measure against the machine's limits, as ratios within one run
	swift build -c release --product Benchmarks
	.build/release/Benchmarks
	Tests/References/bench_learners.sh .build/release/Benchmarks sample_bin,sample_mc
	Tests/References/bench_search.sh .build/release/Benchmarks

bench-long: install-dependencies ## Fit the learners to a table of 2.8 million rows, beside other libraries
	swift build -c release --product Benchmarks
	Tests/References/bench_learners.sh .build/release/Benchmarks large_bin 1
	Tests/References/bench_learners.sh .build/release/Benchmarks large_mc 1

compare: build ## Compare the learners with scikit-learn and LightGBM (PYTHON with both installed)
	$(or $(PYTHON),python3) Tests/References/compare_quality.py --flowmeter $(FLOWMETER) --data ../shared/data

# The seeds and what once broke a reader are replayed by the tests; this looks for what is not known yet.
FUZZ_RUNS ?= 1000000
fuzz: install-dependencies ## Run each fuzzer FUZZ_RUNS times (1000000)
	Tests/Fuzzing/run.sh $(FUZZ_RUNS)

fuzz-short: install-dependencies ## The share of that which CI runs
	Tests/Fuzzing/run.sh 20000

feature-gain: build ## Measure what each feature family gains on held-out attacks and networks (PYTHON with LightGBM)
	$(or $(PYTHON),python3) Tests/References/feature_gain.py --flowmeter $(FLOWMETER) --data ../shared/data

lint: ## Check the style
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Apply the style
	swift format --in-place --recursive --parallel Package.swift Sources Tests

docs: install-dependencies ## Make the page of feature sets, and the reference pages of the libraries under out/docs
	swift build -c release --product flowmeter
	$(FLOWMETER) inspect --feature-sets > Notebooks-free-docs/feature-sets.md
	Notebooks-free-docs/make-reference.sh out/docs

datasets: ## Record the bundled captures anew (needs root; uses network namespaces only)
	Datasets/bundled/record.sh Datasets/bundled all

# The data that the tools need lies beside them; a link in bin is enough for the shell to find them.
install: build ## Install the tools under PREFIX (default /usr/local)
	install -d $(PREFIX)/bin $(PREFIX)/lib/flowmeter
	install .build/release/flowmeter .build/release/Evaluate $(PREFIX)/lib/flowmeter
	cp -R .build/release/FlowMeter_*.resources $(PREFIX)/lib/flowmeter
	ln -sf ../lib/flowmeter/flowmeter ../lib/flowmeter/Evaluate $(PREFIX)/bin

clean: ## Remove what was built
	rm -rf .build out
