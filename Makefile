# Targets are thin; what is longer stands in .ci/.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 20s

.PHONY: help build run test check bench fuzz golden

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

build: ## build bin/dasheval
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/dasheval ./cmd/dasheval

run: build ## check the sample pile, print the report, write bin/report.json
	@.ci/run-sample

check: ## format, vet, staticcheck, tidy modules, cross-builds
	@.ci/check

test: ## packages of the system, check, all tests; the last line counts skips
	.ci/apt-install.sh
	@$(MAKE) --no-print-directory check
	@.ci/test

bench: build ## all benchmarks, and the speed beside pdftotext
	.ci/bench
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## each fuzz target for FUZZTIME (default 20s)
	@FUZZTIME=$(FUZZTIME) .ci/fuzz

golden: ## rewrite golden files from what the code does now; read the diff
	@.ci/golden
