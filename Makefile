# Two commands are enough: `make run` to see it, `make test` to prove it.
# Both install what is missing (see .ci/prepare) and leave alone what is there.

.DEFAULT_GOAL := help
.PHONY: help run test bench check fmt

help:
	@echo 'make run    install what is missing, build, show the demo on a screen'
	@echo 'make test   install what is missing, run everything that CI runs'
	@echo 'make bench  the kiosk beside Chromium, pictures beside libvips, feeds beside feedparser, ten thousand sources, a desk of 100,000 posts, public pages beside nginx'
	@echo 'make check  format and lints only'
	@echo 'make fmt    format every Rust file'

run:
	@bash .ci/demo

test:
	@bash .ci/test

bench:
	@bash .ci/bench

check:
	@bash .ci/test check

# Through the list of files: cargo does not see modules that a macro declares.
fmt:
	@find controller kiosk shared tests -name '*.rs' -print0 | xargs -0 rustfmt --edition 2024
