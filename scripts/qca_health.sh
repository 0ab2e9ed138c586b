#!/usr/bin/env bash
# Whether the modem's driver, overlay, interface and link are in order: ccs-hil doctor under its former name. Options are handed on.
set -euo pipefail
project=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
if [ -f "$project/dist/cli/main.js" ]; then
  exec node "$project/dist/cli/main.js" doctor "$@"
elif command -v ccs-hil >/dev/null; then
  exec ccs-hil doctor "$@"
fi
echo 'qca_health.sh: ccs-hil is neither installed nor built: npm ci, or sudo scripts/setup-rpi.sh' >&2
exit 3
