#!/usr/bin/env bash
# The browser suites need Chromium. Install it where that is ours to do; elsewhere say what is missing and fail.
set -euo pipefail

if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium
  exit 0
fi
echo "error: Chromium is missing, and the browser tests need it. On Debian: sudo apt-get install chromium" >&2
exit 1
