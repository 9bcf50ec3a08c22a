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

    def __init__(self, wiring, certificate):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = os.fork()
        if self.process == 0:
            ours.close()
            asyncio.run(_serve(wiring, certificate, theirs))
            os._exit(0)
        theirs.close()
        self._link = ours
        ours.settimeout(30)
        if ours.recv(16) != b"ready":
            raise RuntimeError("the stand-ins did not start")
        ours.settimeout(5)

    def behave(self, device, hangs, delay):
        """From when this returns the device's services hang, or answer that late."""
        self._link.send(json.dumps([device, hangs, delay]).encode())
        self._link.recv(16)


class _Device:
    def __init__(self, device):
        self.device = device
        self.hangs, self.delay = False, 0.0
        self.started = time.monotonic()
        self.title, self.description = _TITLES[device.kind]

    async def may_answer(self):
        """Whether an answer is due, after the delay that is on; a hung program keeps its callers waiting for ever."""
        if self.delay:
            await asyncio.sleep(self.delay)
        return not self.hangs

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
                status, body = "200 OK", self.page()
                if len(words) != 3 or not words[2].startswith("HTTP/1."):
                    status, body = "400 Bad Request", b""
                elif words[0] not in ("GET", "HEAD"):
                    status, body = "405 Method Not Allowed", b""
                elif words[1] != "/":
                    status, body = "404 Not Found", b""
                answer = (f"HTTP/1.1 {status}\r\nServer: {self.title}\r\nContent-Type: text/html; charset=utf-8\r\n"
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
                    writer.write(sip.answer(head + body, sender[:2], self.title) or b"")
                    await writer.drain()
        await _close(writer)

    def sip_datagram(self, request, sender):
        return sip.answer(request, sender, self.title)

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


async def _serve(wiring, certificate, link):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    devices = {}
    for device in wiring.devices:
        if not device.site or device.kind not in _TITLES:
            continue
        stand_in = devices[device.name] = _Device(device)
        datagrams = [(161, stand_in.snmp_datagram)]
        streams = []
        if device.kind in ("router", "codec"):
            streams += [(80, stand_in.http, None), (443, stand_in.http, context)]
        if device.kind == "codec":
            datagrams.append((5060, stand_in.sip_datagram))
            streams.append((5060, stand_in.sip, None))
        with network.inside(device.namespace):
            sockets = [(_bound(socket.SOCK_DGRAM, device.address, port), answer) for port, answer in datagrams]
            listening = [(_bound(socket.SOCK_STREAM, device.address, port), answer, tls) for port, answer, tls in streams]
        for opened, answer in sockets:
            await loop.create_datagram_endpoint(lambda s=stand_in, a=answer: _Datagrams(s, a), sock=opened)
        for opened, answer, tls in listening:
            await asyncio.start_server(answer, sock=opened, ssl=tls, limit=sip.SIZE_LIMIT)
    ended = loop.create_future()

    def told():
        data = link.recv(65536)
        if not data:
            loop.remove_reader(link)
            ended.set_result(None)
            return
        name, hangs, delay = json.loads(data)
        devices[name].hangs, devices[name].delay = hangs, delay
        link.send(b"done")

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
