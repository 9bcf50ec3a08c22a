# What people type. Each target installs what is missing first; another toolchain: make test SWIFT=/path/to/swift
SWIFT ?= swift
export SWIFT

.DEFAULT_GOAL := help
.PHONY: help run test integration fuzz lab bench lint package wire selftest clean

help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## builds and starts a collector and an agent on this machine; Ctrl-C stops both
	@setpriv --pdeathsig TERM deploy/run

test: ## builds and runs the unit tests; says what was skipped, and why
	@deploy/prerequisites test
	@.ci/test

integration: ## starts the built programs and tries them as a user would (Tests/EndToEnd)
	@deploy/prerequisites integration
	@.ci/integration

fuzz: ## feeds every parser with made-up bytes, SECONDS (60) each; builds 4 min the first time
	@deploy/prerequisites build
	@Tests/Fuzz/run $(or $(SECONDS),60)

lab: ## a province of 120 sites in network namespaces, to break and to heal; Ctrl-C ends all of it
	@deploy/prerequisites lab
	@deploy/lab/build
	@setpriv --pdeathsig TERM deploy/lab/up

bench: ## measures the engine, the agent and its probes beside their peers and limits in C; as root, 20 min once it is built
	@deploy/prerequisites bench
	@.ci/release
	@HAIDANG_PART=bench $(SWIFT) build -c release --product engine-bench
	@HAIDANG_PART=bench $(SWIFT) build -c release --product snmp-bench
	@Tests/Benchmarks/engine
	@Tests/Benchmarks/agent-cost
	@for each in icmp snmp sip http; do echo "$$each"; Tests/Benchmarks/$$each || echo "$$each falls short"; done

lint: ## format, imports and the other rules of the house; seconds
	@deploy/prerequisites build
	@.ci/lint

package: ## builds the Debian packages of agent and collector into .build/packages
	@deploy/prerequisites build
	@deploy/package

# The plug-in comes from the very checkout that the code is compiled against: the two must be of one version.
protobuf := .build/checkouts/swift-protobuf
plugin := .build/protoc-gen-swift
wire: ## makes Sources/Wire/Generated anew from haidang.proto
	@deploy/prerequisites wire
	@echo "building protoc-gen-swift, about 1 min the first time"
	@$(SWIFT) package resolve
	@$(SWIFT) build --package-path $(protobuf) --scratch-path $(plugin) --product protoc-gen-swift
	@echo "Sources/Wire/haidang.proto → Sources/Wire/Generated/haidang.pb.swift"
	@protoc --plugin="$$($(SWIFT) build --package-path $(protobuf) --scratch-path $(plugin) --show-bin-path)/protoc-gen-swift" \
		--proto_path=Sources/Wire --swift_out=Sources/Wire/Generated \
		--swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true --swift_opt=FileNaming=DropPath \
		haidang.proto

selftest: ## breaks each rule in a copy of the tree and demands that its gate refuses
	@deploy/prerequisites build
	@.ci/selftest

clean: ## takes away what was built; what a run collected stays in .haidang
	@echo "taking away .build"
	@rm -rf .build
