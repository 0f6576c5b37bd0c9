# "make help" lists what there is.

VERSION := 0.1.0
FUZZTIME ?= 10s
ARGS ?=

# The tools, pinned. They are fetched and built by "go run", and kept.
GOFUMPT := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

LDFLAGS := -ldflags "-X main.version=$(VERSION)"
export GOFLAGS := $(GOFLAGS) -buildvcs=false

# The toolkit reads the language from LANG and complains of one called "C".
WORDS := LANG=en_US.UTF-8

# What builds anywhere: no cgo, no display, no toolkit.
PLAIN := ./core/... ./persist/... ./gui/tray/...

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test demo bench bench-peers torture torture-sources fuzz fmt lint shots build build-nogui \
	unit test-gui e2e other-systems deps-go deps-build deps-test deps-peers

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## build and start Hookbird (without a display: the engine alone); ARGS="--data DIR …"
	@.ci/start $(ARGS)

test: deps-test lint other-systems unit test-gui e2e ## check everything: lint, tests with the race detector, end to end

demo: build-nogui ## a folder of files goes to a receiver, with the engine killed on the way
	@go run ./core/demo build/hookbird-nogui

bench: deps-test build ## measure the engine against plain clients, as ratios (ARGS="-rounds 3" is passed on)
	@$(WORDS) go run ./core/bench -hookbird build/hookbird $(ARGS)

bench-peers: deps-peers build-nogui ## the same work for Hookbird and for Node-RED, which npm fetches into build/peers
	@go run ./core/peers -hookbird build/hookbird-nogui $(ARGS)

torture: build-nogui ## kill the engine 1,000 times and look for every record (ARGS="-kills 100" is passed on)
	@go run ./core/torture -hookbird build/hookbird-nogui $(ARGS)

torture-sources: build-nogui ## kill the engine while each kind of source reads (ARGS="-kills 10" is passed on)
	@go run ./core/torture/sources -hookbird build/hookbird-nogui $(ARGS)

fuzz: ## run every fuzz target for FUZZTIME (10s) each
	@.ci/fuzz $(FUZZTIME)

fmt: ## format all Go files
	@$(GOFUMPT) -w .

lint: deps-build ## vet, format, staticcheck, go.mod
	go vet -tags e2e ./...
	CGO_ENABLED=0 go vet -tags nogui . $(PLAIN)
	@unformatted=$$($(GOFUMPT) -l .); if [ -n "$$unformatted" ]; then \
		echo "Not formatted (make fmt does it):"; echo "$$unformatted"; exit 1; fi
	$(STATICCHECK) -tags e2e ./...
	go mod tidy -diff

shots: deps-test build ## take the pictures of every screen, into build/shots and docs/pictures
	@$(WORDS) go run ./gui/shots build/hookbird

build: deps-build ## build/hookbird, the whole program
	go build $(LDFLAGS) -o build/hookbird .

build-nogui: deps-go ## build/hookbird-nogui, the engine for a server: no window, no cgo
	CGO_ENABLED=0 go build -tags nogui $(LDFLAGS) -o build/hookbird-nogui .

# --- parts of "make test" ---

deps-go:
	@.ci/install-deps go

deps-build:
	@.ci/install-deps build

deps-test:
	@.ci/install-deps test

deps-peers:
	@.ci/install-deps peers

unit:
	go test -race -tags nogui . $(PLAIN)

test-gui:
	$(WORDS) go test -race $$(go list ./gui/... | grep -v -e /gui/tray -e /gui/e2e -e /gui/shots)

e2e: deps-test build build-nogui
	$(WORDS) HOOKBIRD=$(CURDIR)/build/hookbird go test -tags e2e -count 1 -timeout 15m ./gui/e2e/...

other-systems:
	GOOS=windows CGO_ENABLED=0 go vet $(PLAIN)
	GOOS=darwin CGO_ENABLED=0 go vet ./core/... ./persist/...
