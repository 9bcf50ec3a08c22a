"""A relay in user space for what this kernel may not do by itself (netem): delay, jitter and loss in bursts.

Only what goes towards a site passes it, and only while such a fault is on: a pair of virtual devices takes the site's
route in the carrier's namespace; what enters one end is read at the other and leaves, late or never, through the
carrier's end of the line.

Bursts follow Gilbert and Elliott in time rather than in packets: the line is good, or bad and loses everything, and both
last for exponentially distributed times, so that a mean burst is the same for whoever sends often or seldom.
"""

import ctypes
import dataclasses
import fcntl
import heapq
import itertools
import json
import os
import random
import selectors
import socket
import struct
import time

import network

_SIOCETHTOOL, _SET_TX_CHECKSUM = 0x8946, 0x17
_ETHERTYPE = 0x0800
_QUEUE_LIMIT = 10000


@dataclasses.dataclass(frozen=True)
class Shape:
    """What happens to packets: seconds of delay, of jitter (± evenly), the share lost, the mean burst in seconds."""

    delay: float = 0.0
    jitter: float = 0.0
    loss: float = 0.0
    burst: float = 0.0

    def combined(self, other):
        return Shape(self.delay + other.delay, self.jitter + other.jitter, max(self.loss, other.loss),
                     max(self.burst, other.burst))


class Relays:
    """The relay's process, as its parent sees it; forked before the parent holds anybody's connection."""

    def __init__(self):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self.process = os.fork()
        if self.process == 0:
            ours.close()
            try:
                _Relay(theirs).run()
            finally:
                os._exit(1)
        theirs.close()
        self._link = ours
        ours.settimeout(20)

    def shape(self, shapes):
        """From when this returns these sites' lines (site → Shape) pass the relay, and no others."""
        self._link.send(json.dumps([
            [site.number, f"carrier-{site.carrier}", site.interface, site.mac, site.prefixes,
             dataclasses.astuple(shape)] for site, shape in shapes.items()]).encode())
        answer = self._link.recv(65536)
        if answer != b"done":
            raise RuntimeError(f"the relay failed: {answer.decode() or 'it ended'}")


class _Line:
    """One site's line while it passes the relay."""

    def __init__(self, interface, mac, prefixes, shape):
        self.interface, self.prefixes, self.shape = interface, prefixes, shape
        self.mac = bytes.fromhex(mac.replace(":", ""))
        # It begins in the state in which it would be found at any moment.
        self.is_bad = random.random() < shape.loss
        self.turns = time.monotonic() + self._stay() if shape.loss else float("inf")

    def _stay(self):
        mean = self.shape.burst if self.is_bad else self.shape.burst * (1 - self.shape.loss) / self.shape.loss
        return random.expovariate(1 / mean)

    def loses(self, now):
        while self.turns <= now:
            self.is_bad = not self.is_bad
            self.turns += self._stay()
        return self.is_bad

    def late(self):
        return max(0.0, self.shape.delay + random.uniform(-self.shape.jitter, self.shape.jitter))


class _Detour:
    """The pair of devices in one carrier's namespace; the site is the third octet of the destination."""

    def __init__(self, carrier):
        self.carrier, self.lines = carrier, {}
        network.ip(["link add relay type veth peer name relayed", "link set relay arp off"], carrier)
        with network.inside(carrier):
            self.taken = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 0)
            _checksum_in_full(self.taken, b"relay")
            self.taken.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            self.taken.bind(("relayed", _ETHERTYPE))
            self.out = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        network.ip(["link set relayed up", "link set relay up"], carrier)

    # The ordinary routes stay where they are, behind these.
    def carry(self, lines):
        before, self.lines = self.lines, lines
        changes = [
            f"route del {prefix} dev relay metric 50"
            for number in before.keys() - lines.keys() for prefix in before[number].prefixes]
        changes += [
            f"route add {prefix} dev relay metric 50"
            for number in lines.keys() - before.keys() for prefix in lines[number].prefixes]
        if changes:
            network.ip(changes, self.carrier)

    # The routes go with the device.
    def close(self):
        network.ip(["link del relay"], self.carrier)
        self.taken.close()
        self.out.close()

    def send(self, line, packet):
        try:
            self.out.sendto(packet, (line.interface, _ETHERTYPE, 0, 0, line.mac))
        except OSError:
            pass  # The line was cut meanwhile: the packet is lost on it.


def _checksum_in_full(any_socket, device):
    """A veth leaves checksums to hardware that is not there, and who reads its packets gets them unfinished."""
    value = ctypes.create_string_buffer(struct.pack("II", _SET_TX_CHECKSUM, 0))
    request = struct.pack("16sP16x", device, ctypes.addressof(value))
    fcntl.ioctl(any_socket, _SIOCETHTOOL, request)


class _Relay:
    def __init__(self, link):
        self.link = link
        self.detours = {}
        self.waiting = []
        self.order = itertools.count()

    def run(self):
        with selectors.DefaultSelector() as self.selector:
            self.selector.register(self.link, selectors.EVENT_READ)
            while True:
                timeout = max(0.0, self.waiting[0][0] - time.monotonic()) if self.waiting else None
                for key, _ in self.selector.select(timeout):
                    if key.fileobj is self.link:
                        self.take(self.link.recv(1 << 20))
                    elif key.data.carrier in self.detours:
                        self.read(key.data)
                now = time.monotonic()
                while self.waiting and self.waiting[0][0] <= now:
                    _, _, detour, line, packet = heapq.heappop(self.waiting)
                    detour.send(line, packet)

    def take(self, told):
        if not told:
            os._exit(0)
        try:
            wanted = {}
            for number, carrier, interface, mac, prefixes, shape in json.loads(told):
                before = self.detours[carrier].lines.get(number) if carrier in self.detours else None
                shape = Shape(*shape)
                same = before is not None and before.shape == shape
                wanted.setdefault(carrier, {})[number] = before if same else _Line(interface, mac, prefixes, shape)
            for carrier in wanted.keys() - self.detours.keys():
                self.detours[carrier] = _Detour(carrier)
                self.selector.register(self.detours[carrier].taken, selectors.EVENT_READ, self.detours[carrier])
            for carrier in self.detours.keys() - wanted.keys():
                detour = self.detours.pop(carrier)
                self.selector.unregister(detour.taken)
                self.waiting = [each for each in self.waiting if each[2] is not detour]
                heapq.heapify(self.waiting)
                detour.close()
            for carrier, lines in wanted.items():
                self.detours[carrier].carry(lines)
            self.link.send(b"done")
        except (OSError, RuntimeError) as error:
            self.link.send(str(error).encode())

    def read(self, detour):
        for _ in range(64):
            try:
                packet = detour.taken.recv(65536)
            except OSError:
                return
            now = time.monotonic()
            line = detour.lines.get(packet[18]) if len(packet) >= 20 and packet[0] >> 4 == 4 else None
            if line is None or line.loses(now):
                continue
            late = line.late()
            if late <= 0:
                detour.send(line, packet)
            elif len(self.waiting) < _QUEUE_LIMIT:
                heapq.heappush(self.waiting, (now + late, next(self.order), detour, line, packet))
