#!/bin/sh
# Runs a command in a network namespace of its own with a path of three routers beside it, which the tests find by the
# interface hd-lab: lab.sh swift test --filter ICMPLabTests. Needs root, iproute2 and nftables.
#
#   here 192.0.2.1 ── 192.0.2.254 far 198.51.100.1 ── 198.51.100.254 mid 198.18.1.254 ── 198.18.1.7 end
#
# far to mid takes 1400 bytes, and far says so. mid to 198.18.2.7 takes 1300, and nobody says so. mid marks everything
# for 198.18.1.8 as best effort and loses every tenth echo request for 198.18.1.9.
set -eu
if [ "${1-}" != inside ]; then exec unshare -n "$0" inside "$@"; fi
shift
spaces=
trap 'kill $spaces' EXIT
space() { # prints the process that holds a namespace of its own
    unshare -n sleep 3600 >/dev/null &
    while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
    echo $!
}
far=$(space)
mid=$(space)
end=$(space)
spaces="$far $mid $end"
on() { # namespace, command…
    at=$1
    shift
    nsenter -t "$at" -n "$@"
}
link() { # namespace interface address, namespace interface address, MTU
    on "$1" ip link add "$2" mtu "$7" type veth peer name "$5" mtu "$7" netns "$4"
    on "$1" ip addr add "$3" dev "$2"
    on "$1" ip link set "$2" up
    on "$4" ip addr add "$6" dev "$5"
    on "$4" ip link set "$5" up
}
for at in $$ $far $mid $end; do
    # Nobody else is there to hold an address, and who still looks for one does not answer.
    on "$at" sysctl -qw net.ipv6.conf.default.accept_dad=0
    on "$at" ip link set lo up
done
link $$ hd-lab 192.0.2.1/24 "$far" near 192.0.2.254/24 1500
link "$far" out 198.51.100.1/24 "$mid" in 198.51.100.254/24 1400
link "$mid" end 198.18.1.254/24 "$end" end 198.18.1.7/24 1500
link "$mid" narrow 198.18.2.254/24 "$end" narrow 198.18.2.7/24 1300
on "$end" ip addr add 198.18.1.8/24 dev end
on "$end" ip addr add 198.18.1.9/24 dev end
ip addr add 2001:db8:1::1/64 dev hd-lab nodad
on "$far" ip addr add 2001:db8:1::fe/64 dev near nodad
on "$far" ip addr add 2001:db8:2::1/64 dev out nodad
on "$mid" ip addr add 2001:db8:2::fe/64 dev in nodad
on "$mid" ip addr add 2001:db8:5::fe/64 dev end nodad
on "$end" ip addr add 2001:db8:5::7/64 dev end nodad
for at in "$far" "$mid"; do on "$at" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1; done
sysctl -qw net.ipv4.ping_group_range="0 2147483647"
ip route add default via 192.0.2.254
ip -6 route add default via 2001:db8:1::fe
on "$far" ip route add 198.18.0.0/15 via 198.51.100.254
on "$far" ip -6 route add 2001:db8:5::/64 via 2001:db8:2::fe
on "$mid" ip route add default via 198.51.100.1
on "$mid" ip -6 route add default via 2001:db8:2::1
on "$end" ip route add default via 198.18.1.254
on "$end" ip -6 route add default via 2001:db8:5::fe
on "$far" ip route add prohibit 203.0.113.0/25
on "$far" ip route add unreachable 203.0.113.128/25
on "$far" ip -6 route add prohibit 2001:db8:3::/64
on "$far" ip -6 route add unreachable 2001:db8:4::/64
on "$mid" nft -f - <<'RULES'
table inet lab {
    chain forward {
        type filter hook forward priority 0
        ip daddr 198.18.1.8 ip dscp set cs0
        ip daddr 198.18.1.9 icmp type echo-request numgen random mod 10 < 1 drop
    }
    chain output {
        type filter hook output priority 0
        icmp type destination-unreachable icmp code frag-needed drop
    }
}
RULES
# Errors are rate-limited; the tests ask for many.
for at in "$far" "$mid" "$end"; do on "$at" sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0; done
"$@"
