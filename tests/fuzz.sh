#!/usr/bin/env bash
# Fuzzes a target of tests/Vpio.Fuzz under AFL++, guided by what the inputs reach of the hypervisor: tests/fuzz.sh door|rings|job [SECONDS]
# What leads somewhere new comes into tests/Vpio.Fuzz/Corpus, minimised; what breaks a promise into tests/Vpio.Fuzz/Crashes. Exit code 0: nothing did.
# Needs afl++ (apt-get install afl++). Not part of .ci/run, where a random driver goes through the same targets. One core; other arguments go to afl-fuzz.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${1:?which target: door, rings or job}
seconds=${2:-300}
shift $(($# < 2 ? $# : 2))
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
# The program under AFL++ is dotnet, which is not instrumented; what it loads is. Nobody's core dumps or processor settings are changed for it.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_ALLOW_TMP=1
# One way to compile each method, once: what is compiled anew in the middle of a run slows others down, and a timer decides when.
export DOTNET_TieredCompilation=0

work=artifacts/fuzz/$target
kept=tests/Vpio.Fuzz/Corpus/$target
broken=tests/Vpio.Fuzz/Crashes/$target
rm -rf "$work"
mkdir -p "$work/seeds" "$kept"

# Instrumented is a copy of what was built, never the build's own output.
dotnet tool restore
dotnet publish tests/Vpio.Fuzz -c Release -o "$work/program"
for part in "Vpio.Abi.dll" "Vpio.Hypervisor.dll" "vpio.dll Vpio.Tool.Jobs Vpio.Tool.Accounting" "Vpio.Fuzz.dll Vpio.Fuzz.Door Vpio.Fuzz.Rings Vpio.Fuzz.Job"; do
    dotnet sharpfuzz $(printf '%s/program/%s' "$work" "$part")
done
program=("$(command -v dotnet)" "$work/program/Vpio.Fuzz.dll" "$target") # afl-cmin looks for no program in PATH.

cp "$kept"/*.bin "$work/seeds/" 2>/dev/null || printf '\0' >"$work/seeds/zero.bin"
nice -n 19 afl-fuzz -i "$work/seeds" -o "$work/found" -G 512 -t 10000 -m none -V "$seconds" "$@" -- "${program[@]}" >"$work/afl-fuzz.log" || {
    tail -n 40 "$work/afl-fuzz.log"
    exit 1
}
grep -E '^(execs_per_sec|execs_done|edges_found|corpus_count|saved_crashes|saved_hangs|stability)' "$work/found/default/fuzzer_stats"

# Of what was found and what was kept, a small set that takes each branch that any of them takes, however often. A name is a digest: the same input is the same file.
put() {
    local file
    for file in "$1"/*; do
        [ -f "$file" ] && [ "$(basename "$file")" != README.txt ] || continue
        mkdir -p "$2"
        cp "$file" "$2/$(sha256sum "$file" | cut -c1-16).bin"
    done
}
mkdir "$work/all"
put "$work/seeds" "$work/all"
put "$work/found/default/queue" "$work/all"
nice -n 19 afl-cmin -e -i "$work/all" -o "$work/least" -t 10000 -m none -- "${program[@]}" >"$work/afl-cmin.log" 2>&1 || {
    tail -n 40 "$work/afl-cmin.log"
    exit 1
}
rm -f "$kept"/*.bin
put "$work/least" "$kept"
echo "$(ls "$kept" | wc -l) inputs in $kept"

put "$work/found/default/crashes" "$broken"
put "$work/found/default/hangs" "$broken"
if [ -n "$(ls "$work/found/default/crashes" "$work/found/default/hangs" | grep '^id' || true)" ]; then
    echo "promises were broken; look: dotnet run --project tests/Vpio.Fuzz -- $target $broken/*"
    exit 1
fi
