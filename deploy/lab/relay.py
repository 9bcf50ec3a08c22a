"""A relay in user space for what this kernel may not do by itself (netem): delay, jitter and loss in bursts.

Only what goes towards a site passes it, and only while such a fault is on: a TUN device takes the site's route in the
carrier's namespace, and what it is given leaves, late or never, through the carrier's end of the line.

Bursts follow Gilbert and Elliott in time rather than in packets: the line is good, or bad and loses everything, and both
last for exponentially distributed times, so that a mean burst is the same for whoever sends often or seldom.
"""

import dataclasses
import fcntl
import heapq
import itertools
import json
import os
import random
import selectors
import signal
import socket
import struct
import time

import network

_TUNSETIFF = 0x400454CA
_TUN, _NO_HEADER = 0x0001, 0x1000
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
    """The relay's process, as its parent sees it; started when a fault first needs it."""

    def __init__(self):
        self.process = None

    def shape(self, shapes):
        """From when this returns these sites' lines (site → Shape) pass the relay, and no others."""
        if self.process is None:
            if not shapes:
                return
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            self.process = os.fork()
            if self.process == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                ours.close()
                try:
                    _Relay(theirs).run()
                finally:
                    os._exit(1)
            theirs.close()
            self._link = ours
            ours.settimeout(20)
        self._link.send(json.dumps([
            [site.number, f"carrier-{site.carrier}", site.interface, site.mac, site.prefixes,
             dataclasses.astuple(shape)] for site, shape in shapes.items()]).encode())
        answer = self._link.recv(65536)
        if answer != b"done":
            raise RuntimeError(f"the relay failed: {answer.decode() or 'it ended'}")


class _Line:
    """One site's line while it passes the relay."""

    def __init__(self, number, carrier, interface, mac, prefixes):
        self.carrier, self.interface = carrier, interface
        self.mac = bytes.fromhex(mac.replace(":", ""))
        self.shape = Shape()
        self.is_bad, self.turns = False, 0.0
        device = f"relay{number}"
        with network.inside(carrier):
            self.tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(self.tun, _TUNSETIFF, struct.pack("16sH22x", device.encode(), _TUN | _NO_HEADER))
            self.out = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
            network.ip([f"link set {device} up"] + [
                f"route add {prefix} dev {device} metric 50" for prefix in prefixes])

    # The kernel takes device and routes away with the descriptor; the ordinary routes were there all the time.
    def close(self):
        os.close(self.tun)
        self.out.close()

    def loses(self, now):
        if not self.shape.loss:
            return False
        while self.turns <= now:
            self.is_bad = not self.is_bad
            good = self.shape.burst * (1 - self.shape.loss) / self.shape.loss
            mean = self.shape.burst if self.is_bad else good
            # A new line starts in the state it would be found in.
            begun = self.turns or now
            if not self.turns:
                self.is_bad = random.random() < self.shape.loss
                mean = self.shape.burst if self.is_bad else good
            self.turns = begun + random.expovariate(1 / mean) if mean else float("inf")
        return self.is_bad

    def late(self):
        return max(0.0, self.shape.delay + random.uniform(-self.shape.jitter, self.shape.jitter))

    def send(self, packet):
        try:
            self.out.sendto(packet, (self.interface, _ETHERTYPE, 0, 0, self.mac))
        except OSError:
            pass  # The line was cut meanwhile: the packet is lost on it.


class _Relay:
    def __init__(self, link):
        self.link = link
        self.lines = {}
        self.waiting = []
        self.order = itertools.count()

    def run(self):
        with selectors.DefaultSelector() as selector:
            self.selector = selector
            selector.register(self.link, selectors.EVENT_READ)
            while True:
                timeout = max(0.0, self.waiting[0][0] - time.monotonic()) if self.waiting else None
                for key, _ in selector.select(timeout):
                    if key.fileobj is self.link:
                        self.take(self.link.recv(1 << 20))
                    else:
                        self.read(key.data)
                now = time.monotonic()
                while self.waiting and self.waiting[0][0] <= now:
                    _, _, line, packet = heapq.heappop(self.waiting)
                    line.send(packet)

    def take(self, told):
        if not told:
            os._exit(0)
        try:
            wanted = {entry[0]: entry for entry in json.loads(told)}
            for number in self.lines.keys() - wanted.keys():
                line = self.lines.pop(number)
                self.selector.unregister(line.tun)
                self.waiting = [each for each in self.waiting if each[2] is not line]
                heapq.heapify(self.waiting)
                line.close()
            for number, (_, *where, shape) in wanted.items():
                if number not in self.lines:
                    line = self.lines[number] = _Line(number, *where)
                    self.selector.register(line.tun, selectors.EVENT_READ, line)
                if self.lines[number].shape != Shape(*shape):
                    self.lines[number].shape, self.lines[number].turns = Shape(*shape), 0.0
            self.link.send(b"done")
        except (OSError, RuntimeError) as error:
            self.link.send(str(error).encode())

    def read(self, line):
        for _ in range(64):
            try:
                packet = os.read(line.tun, 65536)
            except OSError:
                return
            now = time.monotonic()
            if packet[0] >> 4 != 4 or line.loses(now):
                continue
            late = line.late()
            if late <= 0:
                line.send(packet)
            elif len(self.waiting) < _QUEUE_LIMIT:
                heapq.heappush(self.waiting, (now + late, next(self.order), line, packet))
