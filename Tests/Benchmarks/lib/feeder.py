"""Speaks to the agents' port as an agent does, with its certificate, but says what it is told to and as fast as it may."""

import gzip
import http.client
import random
import ssl
import struct
import time

from province import Wrong

UP, DOWN = 0, 2


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, value):
    """A field of haidang.proto: a whole number, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def column(number, values):
    return field(number, b"".join(map(varint, values)))


def report(names, observations=b"", states=()):
    """A sealed report; `names` is its dictionary."""
    parts = [field(1, 1), field(2, micros())] + [field(3, name.encode()) for name in names]
    parts += [field(4, observations)] if observations else []
    return b"".join(parts + [field(5, state) for state in states])


def observed(checks, state, at, value=0.0123):
    """An observation of each check, with one reading, from `at` on."""
    names = ["tcp_connect_seconds", *checks]
    count = len(checks)
    times = [2 * at] + [2 * 7] * (count - 1)
    columns = [column(1, range(1, count + 1)), column(2, times), column(3, [12300] * count), column(4, [state] * count),
               column(5, [0] * count), column(6, [1] * count), column(7, [0] * count),
               field(8, struct.pack("<d", value) * count)]
    return report(names, observations=b"".join(columns))


def changed(checks, state, at):
    """What each check is believed to be from `at` on."""
    names = ["refused", "connect", "connected", "", *checks]
    reason = field(1, 0) + field(2, 1) + field(3, 2) + field(4, 3)
    states = [
        field(1, 4 + place) + field(2, state) + (field(3, reason) if state else b"") + field(4, at) + field(5, at)
        + field(6, 4) for place in range(len(checks))]
    return report(names, states=states)


def micros():
    return int(time.time() * 1e6)


class Feeder:
    """An agent's identity and its stream of reports."""

    def __init__(self, province, agent):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # On the loopback of a network of its own; who it speaks to is no matter here.
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.context.load_cert_chain(agent.state / "agent.pem")
        self.province = province
        self.stream, self.instance, self.sequence = random.getrandbits(62), random.getrandbits(62), 0
        self.started = micros()
        self.connection = None

    def deliver(self, reports=()):
        """One delivery; returns when all of it is durable at the collector."""
        presence = (field(1, b"bench") + field(2, micros()) + field(3, self.started) + varint(17 << 3 | 1)
                    + struct.pack("<Q", self.instance) + field(18, b"bench"))
        sealed = b""
        for body in reports:
            self.sequence += 1
            sealed += field(3, field(1, self.sequence) + field(2, body))
        body = gzip.compress(
            field(1, 1) + varint(2 << 3 | 1) + struct.pack("<Q", self.stream) + sealed + field(4, presence), 1)
        if self.connection is None:
            self.connection = http.client.HTTPSConnection(
                "127.0.0.1", self.province.agents_port, timeout=60, context=self.context)
        self.connection.request("POST", "/agent/v1/report", body, {
            "Content-Type": "application/x-protobuf", "Content-Encoding": "gzip"})
        answer = self.connection.getresponse()
        said = answer.read()
        # 18: a report that was refused.
        if answer.status != 200 or b"\x12" in said[:1]:
            raise Wrong(f"a delivery was answered with {answer.status}: {said[:200]}")
