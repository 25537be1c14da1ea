#!/bin/bash
# Makes sample.pcap: real programs on four hosts, each a network namespace, joined by a bridge in a fifth.
# Usage: make-sample.sh [OUTPUT], as root. Needs, by their Debian names:
#   tcpdump iproute2 ethtool iputils-ping curl bind9-dnsutils dnsmasq-base python3
# No address or link is made outside the namespaces, and all of them go when the script ends.
set -euo pipefail

output=$(realpath -m "${1:-$(dirname "$0")/sample.pcap}")
work=$(mktemp -d)
hosts=(client1 client2 server dns)
started=()

namespace() { echo "vpio-sample-$1"; }
on() { local host=$1; shift; ip netns exec "$(namespace "$host")" "$@"; }

clean_up() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait || true
    for host in "${hosts[@]}" switch; do ip netns delete "$(namespace "$host")" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

# Runs a server and remembers it for the end. Its own output is kept for the case that something fails.
# The background process becomes the server, so that its id is the server's own and a signal reaches it.
start() {
    local host=$1
    shift
    (exec ip netns exec "$(namespace "$host")" "$@") >>"$work/$host.log" 2>&1 &
    started+=($!)
}

# Waits until a command succeeds: a server listens, a capture has begun.
await() { for _ in $(seq 100); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done; echo "timed out: $*" >&2; cat "$work"/*.log >&2; exit 1; }

add_switch() {
    ip netns add "$(namespace switch)"
    # The switch itself is silent: no IPv6, no multicast snooping, no spanning tree.
    on switch sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    on switch ip link add br0 address 02:00:00:00:00:fe type bridge stp_state 0 mcast_snooping 0
    on switch ip link set br0 up
}

# Offloads off: what is captured is then what a wire would carry, frames of at most 1514 bytes with true checksums.
plain() { on "$1" ethtool -K "$2" tso off gso off gro off tx off rx off >/dev/null; }

add_host() {
    local host=$1 number=$2
    ip netns add "$(namespace "$host")"
    on "$host" sysctl -qw net.ipv6.conf.default.accept_dad=0
    on switch ip link add "$host" type veth peer name eth0 address "02:00:00:00:00:$number" netns "$(namespace "$host")"
    plain switch "$host"
    plain "$host" eth0
    on "$host" ip address add "192.0.2.$number/24" dev eth0
    on "$host" ip address add "2001:db8::$number/64" dev eth0
    on switch ip link set "$host" master br0 up
}

start_servers() {
    mkdir "$work/files"
    seq -f 'Line %05g of a file that is generated, the same each time.' 1 800 >"$work/files/lines.txt"
    start server python3 -m http.server 80 --bind 192.0.2.30 --directory "$work/files"
    start server python3 -c '
import socketserver
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line)
socketserver.TCPServer(("192.0.2.30", 7), Echo).serve_forever()'
    start dns dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file --user=root --no-resolv --no-hosts \
        --listen-address=192.0.2.53 --bind-interfaces --port=53 --local=/example/ \
        --host-record=files.example,192.0.2.30,2001:db8::30 --txt-record=files.example,"a sample for vpio"
    await listens server :80
    await listens server :7
    await listens dns :53
}
listens() { on "$1" ss -Hltn "sport = $2" | grep -q .; }

start_capture() {
    # Immediate mode keeps one slot of the snapshot's size for each frame: a small snapshot and a large buffer lose none.
    start switch tcpdump --immediate-mode -U -Z root -s 2048 -B 16384 -i br0 -w "$work/sample.pcap"
    capture=${started[-1]}
    await test -s "$work/sample.pcap"
}

echo_lines() {
    on "$1" bash -c 'exec 3<>/dev/tcp/192.0.2.30/7
        for line in one two three; do echo "$0 says $line" >&3; read -r answer <&3; [ "$answer" = "$0 says $line" ]; done' "$1"
}

traffic() {
    for client in client1 client2; do
        on "$client" ping -q -c 4 -i 0.2 192.0.2.30
        on "$client" ping -q -c 2 -i 0.2 -s 1400 192.0.2.53
        on "$client" dig +short @192.0.2.53 files.example A
        on "$client" dig +short @192.0.2.53 missing.example A
        on "$client" dig +short +tcp @192.0.2.53 files.example TXT
        on "$client" ping -q -6 -c 3 -i 0.2 2001:db8::30
        echo_lines "$client"
    done
    # Two downloads at once, so that the conversations interleave.
    on client1 curl -sS --resolve files.example:80:192.0.2.30 -o "$work/one" http://files.example/lines.txt &
    local first=$!
    on client2 curl -sS --resolve files.example:80:192.0.2.30 -o "$work/two" http://files.example/lines.txt
    wait "$first"
    on client1 ping -q -c 2 -i 0.2 192.0.2.20
    cmp "$work/one" "$work/files/lines.txt"
    cmp "$work/two" "$work/files/lines.txt"
}

add_switch
add_host client1 10
add_host client2 20
add_host server 30
add_host dns 53
start_capture
for host in "${hosts[@]}"; do on "$host" ip link set eth0 up; done
start_servers
traffic
# The last segments of a conversation may still be on their way.
sleep 0.5
kill "$capture"
wait "$capture"
grep -q '^0 packets dropped by kernel' "$work/switch.log" || { echo 'tcpdump lost frames; run this again' >&2; exit 1; }
cp "$work/sample.pcap" "$output"
