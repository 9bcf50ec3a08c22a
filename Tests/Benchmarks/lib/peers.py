"""The agents that ours is measured beside, and what asks them: a scraper, and a server of Zabbix's active checks."""

import collections
import contextlib
import json
import pathlib
import shutil
import socketserver
import struct
import threading
import time
import urllib.request
import zlib

from province import Wrong


def program(name, package):
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise Wrong(f"{name} is missing: deploy/prerequisites bench installs {package}")
    return found


class NodeExporter:
    """prometheus-node-exporter as Debian ships it, scraped by a loop."""

    def __init__(self, province, every):
        self.every, self.port = every, province.port()
        self.program = program("prometheus-node-exporter", "prometheus-node-exporter")
        self.scrapes = []
        self.process = province.spawn(
            "node-exporter", [self.program, f"--web.listen-address=127.0.0.1:{self.port}"])
        threading.Thread(target=self._scrape, daemon=True).start()

    def _scrape(self):
        while True:
            begun = time.monotonic()
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as answer:
                    lines = sum(not line.startswith(b"#") for line in answer)
                self.scrapes.append((time.time(), lines))
            time.sleep(max(0.1, self.every - (time.monotonic() - begun)))

    def answered(self, begun, ended):
        """Scrapes of that time, and the values of one."""
        lines = [count for at, count in self.scrapes if begun <= at < ended]
        return len(lines), max(lines, default=0)


class ZabbixServer:
    """Hands out active checks and takes their values, in Zabbix's own protocol (ZBXD, JSON)."""

    def __init__(self, province):
        self.port = province.port()
        self.items = {}
        self.values = collections.defaultdict(list)
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                asked = _receive(self.request)
                if asked is not None:
                    _send(self.request, server.answer(asked))

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        listening = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        province.closing.callback(listening.shutdown)

    def answer(self, asked):
        host = asked.get("host")
        if asked["request"] == "active checks":
            items = enumerate(self.items.get(host, {}).items(), 1)
            return {"response": "success", "data": [
                {"key": key, "itemid": number, "delay": str(every), "lastlogsize": 0, "mtime": 0}
                for number, (key, every) in items]}
        for value in asked.get("data", []):
            self.values[value.get("host", host)].append((time.time(), value))
        count = len(asked.get("data", []))
        return {"response": "success",
                "info": f"processed: {count}; failed: 0; total: {count}; seconds spent: 0.000100"}


class ZabbixAgent:
    """zabbix-agent2 that fetches its items from the server above and sends what they give; it listens nowhere."""

    def __init__(self, province, server, name, items):
        """`items`: how often each key is asked, in seconds."""
        self.server, self.name, self.items = server, name, items
        server.items[name] = items
        self.program = program("zabbix_agent2", "zabbix-agent2")
        folder = province.folder / name
        folder.mkdir()
        settings = folder / "zabbix_agent2.conf"
        settings.write_text("".join(f"{key}={value}\n" for key, value in {
            "Hostname": name, "ServerActive": f"127.0.0.1:{server.port}", "LogType": "console",
            "PidFile": folder / "pid", "ControlSocket": folder / "control", "PluginSocket": folder / "plugin",
        }.items()))
        self.process = province.spawn(name, [self.program, "-f", "-c", settings])

    def answered(self, begun, ended):
        """Values of that time; wrong when an item was not supported, or fewer came than were asked for."""
        values = [value for at, value in self.server.values[self.name] if begun <= at < ended]
        numbers = dict(enumerate(self.items, 1))
        bad = {numbers.get(value.get("itemid"), value.get("key")): value.get("value")
               for value in values if value.get("state")}
        if bad:
            raise Wrong(f"{self.name} cannot answer {bad}")
        wanted = sum((ended - begun) / every for every in self.items.values())
        if len(values) < 0.9 * wanted:
            raise Wrong(f"{self.name} sent {len(values)} values where {wanted:.0f} were asked for")
        return len(values)


def disk():
    """The first disk that is one, as the kernel calls it."""
    real = (each.name for each in sorted(pathlib.Path("/sys/block").iterdir()) if (each / "device").exists())
    return next(real, None)


def host_items(every):
    """What our `host` check reads of a machine, as far as Zabbix has an item for it."""
    keys = [f"system.cpu.util[,{mode}]" for mode in
            ("user", "nice", "system", "idle", "iowait", "interrupt", "softirq", "steal")]
    keys += [f"system.cpu.load[all,avg{minutes}]" for minutes in (1, 5, 15)]
    keys += [f"vm.memory.size[{what}]" for what in ("total", "available", "pused", "buffers", "cached")]
    keys += ["vfs.fs.size[/,total]", "vfs.fs.size[/,free]", "vfs.fs.size[/,pused]", "vfs.fs.inode[/,pused]"]
    if name := disk():
        keys += [f"vfs.dev.read[{name},sectors]", f"vfs.dev.write[{name},sectors]"]
    keys += ["system.uptime", "proc.num", "proc.num[,,run]", "kernel.maxfiles", "system.localtime"]
    return dict.fromkeys(keys, every)


def _receive(connection):
    """ZBXD, flags, length and a reserved word of 4 bytes, little-endian, then JSON (flag 2: by zlib)."""
    head = _exactly(connection, 13)
    if head is None or head[:4] != b"ZBXD":
        return None
    body = _exactly(connection, struct.unpack("<I", head[5:9])[0])
    if body is None:
        return None
    if head[4] & 2:
        body = zlib.decompress(body)
    return json.loads(body)


def _send(connection, answer):
    body = json.dumps(answer).encode()
    connection.sendall(b"ZBXD\x01" + struct.pack("<II", len(body), 0) + body)


def _exactly(connection, count):
    got = b""
    while len(got) < count:
        part = connection.recv(count - len(got))
        if not part:
            return None
        got += part
    return got
