#!/usr/bin/env bash
# Breaks hypervisor/Vpio.Hypervisor/Ownership and Scheduling in one place after the other (dotnet-stryker) and looks whether a test notices.
# Exit code 0: at least 90 % were noticed. The report, with every survivor in its line, is artifacts/mutation/reports/mutation-report.html.
# Not part of .ci/run: it takes the better part of an hour on two cores. Arguments go to Stryker, as in: tests/mutation.sh --mutate 'Ownership/WaitSet.cs'
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../hypervisor/Vpio.Hypervisor"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
root=$(cd ../.. && pwd)

# A mutant that waits for ever leaves its test host spinning after Stryker has given it up; a few of those, and every other mutant is out of time too.
reap() {
    ps -eo pid=,etimes=,args= | awk -v root="$root/tests/" -v limit="$1" 'index($0, root) && /testhost/ && $2 >= limit { print $1 }' | xargs -r kill -9 2>/dev/null || true
}
(while sleep 5; do reap 120; done) &
reaper=$!
trap 'kill $reaper; reap 0' EXIT

dotnet tool restore
dotnet stryker --config-file ../../tests/mutation.json --skip-version-check --output ../../artifacts/mutation "$@"
