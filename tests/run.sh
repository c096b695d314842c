#!/bin/sh
# All checks, in the order in which a failure is cheapest to read. Called by `make test`.
set -eu
bin=.venv/bin

# Pages are tested in a real browser and PDFs with poppler; both are system packages.
if ! command -v chromium >/dev/null 2>&1 || ! command -v pdftotext >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing chromium and poppler-utils for the page tests"
        { apt-get update -qq && apt-get install -y -qq chromium poppler-utils; } >/dev/null 2>&1 || true
    fi
    command -v chromium >/dev/null 2>&1 ||
        echo "no chromium: the tests in a browser are skipped; install it to run them (Debian: apt-get install chromium)"
fi

echo "== lint"
$bin/ruff check --quiet .
$bin/ruff format --quiet --check .
echo "== types"
$bin/mypy
echo "== tests"
exec $bin/python -m pytest "$@"
