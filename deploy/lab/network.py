"""The namespaces, links, addresses and routes of the province."""

import contextlib
import ctypes
import os
import subprocess

_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x40000000
_FOLDER = "/run/netns"
# Where this process began; to be opened before any thread goes elsewhere.
_handles = {"": os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)}


def _enter(handle):
    if _libc.setns(handle, _CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, f"cannot enter a network namespace: {os.strerror(number)}")


def _handle(name):
    if name not in _handles:
        _handles[name] = os.open(f"{_FOLDER}/{name}", os.O_RDONLY | os.O_CLOEXEC)
    return _handles[name]


@contextlib.contextmanager
def inside(namespace):
    """The calling thread is in that namespace: sockets opened and programs started here belong to it."""
    _enter(_handle(namespace))
    try:
        yield
    finally:
        _enter(_handle(""))


def run(command, given="", namespace=None):
    """Runs a program to its end; its own words are the error."""
    with inside(namespace) if namespace else contextlib.nullcontext():
        done = subprocess.run(command, input=given, capture_output=True, text=True)
    if done.returncode:
        where = f" in {namespace}" if namespace else ""
        raise RuntimeError(f"{' '.join(command)}{where}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def ip(lines, namespace=None):
    """Commands of `ip`, all in one process."""
    run(["ip", "-batch", "-"], "\n".join(lines) + "\n", namespace)


def nft(rules, namespace):
    run(["nft", "-f", "-"], rules, namespace)


def _sysctl(name, value):
    with open("/proc/sys/net/ipv4/" + name, "w", encoding="ascii") as file:
        file.write(value)


def build(wiring):
    """Makes it all. Needs to be the first process of its own network, mount and process namespaces."""
    os.makedirs(_FOLDER, exist_ok=True)
    carriers = sorted({site.carrier for site in wiring.sites})
    core = ["centre", "backbone"] + [f"carrier-{number}" for number in carriers]
    edge = [name for site in wiring.sites for name in (site.gateway_namespace, site.lan_namespace)]
    ip([f"netns add {name}" for name in core + edge])
    links = ["link add backbone netns centre type veth peer name centre netns backbone"]
    for number in carriers:
        links.append(
            f"link add carrier{number} netns backbone type veth peer name backbone netns carrier-{number}")
    for site in wiring.sites:
        links.append(
            f"link add {site.interface} netns carrier-{site.carrier} type veth "
            f"peer name wan address {site.mac} netns {site.gateway_namespace}")
        links.append(f"link add lan netns {site.gateway_namespace} type veth peer name lan netns {site.lan_namespace}")
    ip(links)
    for namespace, lines in _settings(wiring, carriers).items():
        with inside(namespace):
            if namespace not in ("centre",) and not namespace.startswith("lan-"):
                _sysctl("ip_forward", "1")
            ip(lines)


def _settings(wiring, carriers):
    """namespace → commands"""
    settings = {
        "centre": [
            "link set lo up", "link set backbone up", "addr add 10.255.0.2/24 dev backbone",
            "addr add 10.0.0.10/32 dev lo", "route add default via 10.255.0.1"],
        "backbone": [
            "link set lo up", "link set centre up", "addr add 10.255.0.1/24 dev centre",
            "route add 10.0.0.0/24 via 10.255.0.2"],
    }
    for number in carriers:
        settings["backbone"] += [
            f"link set carrier{number} up", f"addr add 10.255.{number}.1/24 dev carrier{number}",
            f"route add 10.{20 + number}.0.0/16 via 10.255.{number}.2",
            f"route add 10.{100 + number}.0.0/16 via 10.255.{number}.2"]
        settings[f"carrier-{number}"] = [
            "link set lo up", "link set backbone up", f"addr add 10.255.{number}.2/24 dev backbone",
            f"route add default via 10.255.{number}.1",
            # What is not one of its sites ends here, and does not go round in a circle.
            f"route add unreachable 10.{20 + number}.0.0/16 metric 1000",
            f"route add unreachable 10.{100 + number}.0.0/16 metric 1000"]
    for site in wiring.sites:
        settings[f"carrier-{site.carrier}"] += [
            f"link set {site.interface} up", f"addr add {site.line}.1/30 dev {site.interface}", site_route(site)]
        settings[site.gateway_namespace] = [
            "link set lo up", "link set wan up", "link set lan up",
            f"addr add {site.line}.2/30 dev wan", f"addr add {site.lan}.1/24 dev lan",
            f"route add default via {site.line}.1"]
        settings[site.lan_namespace] = [
            "link set lo up", "link set lan up",
            f"addr add {site.lan}.10/24 dev lan", f"addr add {site.lan}.20/24 dev lan",
            f"route add default via {site.lan}.1"]
    return settings


def site_route(site):
    """A metric that leaves room in front for the relay's route."""
    return f"route replace {site.lan}.0/24 via {site.line}.2 metric 100"


def cut(sites):
    """Takes the carrier's ends of these lines down."""
    for carrier, lines in _by_carrier(sites, lambda site: [f"link set {site.interface} down"]):
        ip(lines, carrier)


def join(sites):
    """Takes them up again, with the routes that went with them."""
    for carrier, lines in _by_carrier(sites, lambda site: [f"link set {site.interface} up", site_route(site)]):
        ip(lines, carrier)


def _by_carrier(sites, lines):
    grouped = {}
    for site in sites:
        grouped.setdefault(f"carrier-{site.carrier}", []).extend(lines(site))
    return grouped.items()


def count():
    return len(os.listdir(_FOLDER))
