"""Stand-ins for the sites' gateways, codecs and PCs: one process that holds the sockets of them all.

The kernel answers ICMP for their addresses. What they are not: no call is ever set up, no page can be changed.
"""

import asyncio
import contextlib
import json
import os
import socket
import ssl
import time

import ber
import codec
import network
import sip
import snmp
from wiring import COMMUNITY

_TITLES = {
    "router": ("Router", "Hai Dang lab, stand-in for a site's gateway"),
    "codec": ("VideoCodec", "Hai Dang lab, stand-in for a conference codec"),
    "server": ("PC", "Hai Dang lab, stand-in for a PC"),
}
_PATIENCE = 20


class Devices:
    """The process of the stand-ins, as its parent sees it."""

    def __init__(self, wiring, certificates):
        self.certificates = certificates
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = os.fork()
        if self.process == 0:
            ours.close()
            asyncio.run(_serve(wiring, certificates, theirs))
            os._exit(0)
        theirs.close()
        self._link = ours
        ours.settimeout(30)
        if ours.recv(16) != b"ready":
            raise RuntimeError("the stand-ins did not start")
        ours.settimeout(5)

    def behave(self, device, manner):
        """From when this returns the device behaves like that; what `manner` leaves out is as it should be."""
        if "certificate" in manner:
            manner = manner | {"certificate": str(self.certificates.of_days(manner["certificate"]))}
        self._link.send(json.dumps([device, manner]).encode())
        answer = self._link.recv(65536)
        if answer != b"done":
            raise RuntimeError(f"{device} cannot do that: {answer.decode() or 'the stand-ins have ended'}")


class _Device:
    def __init__(self, device):
        self.device = device
        self.manner = {}
        self.started = time.monotonic()
        self.title, self.description = _TITLES[device.kind]

    async def may_answer(self):
        """Whether an answer is due, after the delay that is on; a hung program keeps its callers waiting for ever."""
        if self.delay:
            await asyncio.sleep(self.delay)
        return not self.hangs

    @property
    def hangs(self):
        return self.manner.get("hangs", False)

    @property
    def delay(self):
        return self.manner.get("delay", 0.0)

    def status(self):
        return codec.status(self.device.name, time.monotonic() - self.started, not self.manner.get("unregistered"),
                            self.manner.get("unplugged", []))

    # Real figures, of the real interfaces in the device's namespace.
    def interfaces(self):
        with network.inside(self.device.namespace), open("/proc/thread-self/net/dev", encoding="ascii") as file:
            found = []
            for line in file.readlines()[2:]:
                name, _, figures = line.partition(":")
                numbers = figures.split()
                if name.strip() != "lo":
                    found.append((name.strip(), int(numbers[0]), int(numbers[8])))
            return found

    def page(self):
        text = f"<!doctype html><title>{self.title}</title><h1>{self.device.name}</h1><p>{self.description}</p>\n"
        return text.encode()

    async def http(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError,
                                 asyncio.TimeoutError):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
            if await self.may_answer():
                status, body, more = "200 OK", self.page(), ""
                if len(words) != 3 or not words[2].startswith("HTTP/1."):
                    status, body = "400 Bad Request", b""
                elif words[0] not in ("GET", "HEAD"):
                    status, body = "405 Method Not Allowed", b""
                elif words[1] == "/status.xml" and self.device.kind == "codec":
                    body = self.status()
                    if not codec.lets_in(head.decode("latin-1")):
                        status, body, more = "401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="stand-in"\r\n'
                elif words[1] != "/":
                    status, body = "404 Not Found", b""
                kind = "text/xml" if body.startswith(b"<?xml") else "text/html"
                answer = (f"HTTP/1.1 {status}\r\nServer: {self.title}\r\nContent-Type: {kind}; charset=utf-8\r\n{more}"
                          f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n").encode()
                writer.write(answer + (b"" if words[0] == "HEAD" else body))
                await writer.drain()
            else:
                await asyncio.wait_for(reader.read(), 300)
        await _close(writer)

    async def sip(self, reader, writer):
        sender = writer.get_extra_info("peername")
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError):
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 300)
                head = head.lstrip(b"\r\n")  # What keeps a connection alive, RFC 5626.
                if not head:
                    continue
                length = sip.body_length(head.decode("utf-8", "replace"))
                if length > sip.SIZE_LIMIT:
                    break
                body = await asyncio.wait_for(reader.readexactly(length), _PATIENCE)
                if await self.may_answer():
                    writer.write(self.sip_datagram(head + body, sender[:2]) or b"")
                    await writer.drain()
        await _close(writer)

    def sip_datagram(self, request, sender):
        return sip.answer(request, sender, self.title, self.manner.get("refuses", 0))

    def snmp_datagram(self, request, _):
        known = snmp.objects(
            self.description, self.device.name, self.device.site, 76 if self.device.kind == "router" else 72,
            time.monotonic() - self.started, self.interfaces())
        try:
            return snmp.answer(request, COMMUNITY, known)
        except ber.Malformed:
            return None


async def _close(writer):
    writer.close()
    with contextlib.suppress(OSError, ssl.SSLError, asyncio.TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), _PATIENCE)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, device, answer):
        self.device, self.answer = device, answer
        self.tasks = set()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, sender):
        if not self.device.delay and not self.device.hangs:
            self.send(data, sender)
            return
        task = asyncio.ensure_future(self.later(data, sender))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def later(self, data, sender):
        if await self.device.may_answer():
            self.send(data, sender)

    def send(self, data, sender):
        answer = self.answer(data, sender)
        if answer:
            self.transport.sendto(answer, sender)


class _Doors:
    """The ports of one device, which can be closed and opened again."""

    def __init__(self, device):
        self.device, self.open = device, {}

    async def bring(self, contexts):
        """Opens what should be open and is not, closes what should not be."""
        wanted = self._wanted(contexts)
        for door in [door for door, how in self.open.items() if wanted.get(door) != how[0]]:
            self.open.pop(door)[1].close()
        missing = {door: how for door, how in wanted.items() if door not in self.open}
        with network.inside(self.device.device.namespace):
            sockets = {door: _bound(door[0], self.device.device.address, door[1]) for door in missing}
        for door, how in missing.items():
            answer, context = how
            if door[0] == socket.SOCK_DGRAM:
                opened, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                    lambda answer=answer: _Datagrams(self.device, answer), sock=sockets[door])
            else:
                opened = await asyncio.start_server(answer, sock=sockets[door], ssl=context, limit=sip.SIZE_LIMIT)
            self.open[door] = (how, opened)

    def _wanted(self, contexts):
        """(kind of socket, port) → (who answers, with which certificate)"""
        device, kind = self.device, self.device.device.kind
        wanted = {(socket.SOCK_DGRAM, 161): (device.snmp_datagram, None)}
        if kind in ("router", "codec"):
            wanted[socket.SOCK_STREAM, 80] = (device.http, None)
            wanted[socket.SOCK_STREAM, 443] = (device.http, contexts(None))
        if kind == "codec" and not device.manner.get("closed"):
            wanted[socket.SOCK_DGRAM, 5060] = (device.sip_datagram, None)
            wanted[socket.SOCK_STREAM, 5060] = (device.sip, None)
            wanted[socket.SOCK_STREAM, 5061] = (device.sip, contexts(device.manner.get("certificate")))
        return wanted


async def _serve(wiring, certificates, link):
    known = {}

    def contexts(path):
        path = path or str(certificates.usual)
        if path not in known:
            known[path] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            known[path].load_cert_chain(path)
        return known[path]

    loop = asyncio.get_running_loop()
    doors = {
        device.name: _Doors(_Device(device)) for device in wiring.devices if device.site and device.kind in _TITLES}
    for each in doors.values():
        await each.bring(contexts)
    ended = loop.create_future()
    changes = set()

    def told():
        data = link.recv(65536)
        if not data:
            loop.remove_reader(link)
            ended.set_result(None)
            return
        change = asyncio.ensure_future(behave(*json.loads(data)))
        changes.add(change)
        change.add_done_callback(changes.discard)

    async def behave(name, manner):
        try:
            doors[name].device.manner = manner
            await doors[name].bring(contexts)
            link.send(b"done")
        except OSError as error:
            link.send(str(error).encode())

    loop.add_reader(link, told)
    link.send(b"ready")
    await ended


def _bound(kind, address, port):
    opened = socket.socket(socket.AF_INET, kind)
    opened.setblocking(False)
    if kind == socket.SOCK_STREAM:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind((address, port))
    if kind == socket.SOCK_STREAM:
        opened.listen(64)
    return opened
