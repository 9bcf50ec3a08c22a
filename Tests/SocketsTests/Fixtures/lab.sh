#!/bin/sh
# Runs a command in a network namespace of its own with a router beside it, which the tests find by the interface
# hd-lab: lab.sh swift test --filter ICMPLabTests. Needs root and iproute2.
set -eu
if [ "${1-}" != inside ]; then exec unshare -n "$0" inside "$@"; fi
shift
unshare -n sleep 3600 &
router=$!
trap 'kill $router' EXIT
while [ "$(readlink /proc/$router/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
far() { nsenter -t $router -n "$@"; }
link() { # here there IPv4-prefix
    ip link add "$1" type veth peer name "$2" netns $router
    ip addr add "$3.1/24" dev "$1"
    ip link set "$1" up
    far ip addr add "$3.254/24" dev "$2"
    far ip link set "$2" up
}
ip link set lo up
far ip link set lo up
link hd-lab far-lab 192.0.2
ip addr add 2001:db8:1::1/64 dev hd-lab nodad
far ip addr add 2001:db8:1::fe/64 dev far-lab nodad
far sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
sysctl -qw net.ipv4.ping_group_range="0 2147483647"
ip route add default via 192.0.2.254
ip -6 route add default via 2001:db8:1::fe
far ip route add prohibit 203.0.113.0/25
far ip route add unreachable 203.0.113.128/25
far ip -6 route add prohibit 2001:db8:3::/64
far ip -6 route add unreachable 2001:db8:4::/64
# Errors are rate-limited; the tests ask for many.
far sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
"$@"
