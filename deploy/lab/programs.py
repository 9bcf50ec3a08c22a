"""What really runs in the lab: the collector and an agent, and the real daemons of the core (nginx, snmpd)."""

import http.client
import os
import pathlib
import shutil
import signal
import subprocess
import time

import network
from wiring import COMMUNITY

PAGE = ("127.0.0.1", 8080)
_FAKETIME = "libfaketimeMT.so.1"
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def _program(name, package):
    found = shutil.which(name, path=_PATH)
    if not found:
        raise RuntimeError(f"{name} is missing: deploy/prerequisites lab installs it (package {package})")
    return found


class Certificates:
    """What the stand-ins show: for ten years, or for as many days as a fault wants, signed by the lab's own authority."""

    def __init__(self, folder):
        self.folder = folder / "certificates"
        self.folder.mkdir()
        self._authority = [self.folder / "authority.pem", self.folder / "authority-key.pem"]
        self._openssl("req", "-x509", *self._new_key(self._authority[1]), "-out", self._authority[0], "-days", "3650",
                      "-subj", "/CN=Hai Dang lab authority")
        self._key, self._request = self.folder / "key.pem", self.folder / "request.pem"
        self._openssl("req", *self._new_key(self._key), "-out", self._request, "-subj", "/CN=stand-in")
        self.usual = self.of_days(3650)

    def of_days(self, days):
        """The file with key and certificate; -1 gives one that ended yesterday."""
        both = self.folder / f"{days}-days.pem"
        if not both.exists():
            signed = self._openssl("x509", "-req", "-in", self._request, "-CA", self._authority[0], "-CAkey",
                                   self._authority[1], "-CAcreateserial", "-days", days)
            both.write_text(self._key.read_text() + signed)
        return both

    def _new_key(self, path):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", path]

    def _openssl(self, *words):
        return network.run([_program("openssl", "openssl"), *map(str, words)])


class Programs:
    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs
        self.running = {}

    def start(self, name, command, namespace, environment=None):
        with open(self.folder / f"{name}.log", "ab") as log, network.inside(namespace):
            clean = {key: value for key, value in os.environ.items() if not key.startswith("HAIDANG_")}
            process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=clean | (environment or {}), start_new_session=True)
        self.running[name] = process
        return process

    def is_running(self, name):
        return name in self.running and self.running[name].poll() is None

    # Real daemons

    def start_nginx(self, certificate, address):
        folder = self.folder / "nginx"
        (folder / "html").mkdir(parents=True)
        folder.chmod(0o755)
        (folder / "html/index.html").write_text("<h1>Portal</h1>\n")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        (folder / "nginx.conf").write_text(
            f"user root;\ndaemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{\n  access_log off;\n{paths}  ssl_certificate {certificate};\n"
            f"  ssl_certificate_key {certificate};\n"
            f"  server {{ listen {address}:80; listen {address}:443 ssl; root {folder}/html; }}\n}}\n")
        self.start("nginx", [_program("nginx", "nginx-light"), "-p", folder, "-e", folder / "error.log",
                             "-c", folder / "nginx.conf"], "centre")

    def start_snmpd(self, name, address):
        folder = self.folder / "snmpd" / name
        folder.mkdir(parents=True)
        (folder / "snmpd.conf").write_text(
            f"rocommunity {COMMUNITY}\nsysName {name}\nsysDescr Hai Dang lab, snmpd on {name}\n")
        self.start(f"snmpd-{name}", [
            _program("snmpd", "snmpd"), "-f", "-LF", "w", folder / "log", "-C", "-c", folder / "snmpd.conf",
            "-I", "-smux", "-p", folder / "pid", f"udp:{address}:161"], name,
            {"SNMP_PERSISTENT_DIR": str(folder), "MIBS": ""})

    # The collector and the agent

    def start_collector(self):
        self.start("collector", [
            self.programs / "haidang-collector", "--state", self.folder / "collector",
            "--plain-http", "%s:%d" % PAGE], "centre", self._clock("collector"))

    def start_agent(self):
        self.start("agent", [self.programs / "haidang-agent", "run", "--state", self.folder / "agent"], "centre",
                   self._clock("agent"))

    def start_product(self, name):
        {"collector": self.start_collector, "agent": self.start_agent}[name]()

    def signal_product(self, name, number):
        self.running[name].send_signal(number)

    def start_again(self, name, later, patience=20):
        """Starts it, once what runs of it has stopped; that is not waited for here. What does not stop is killed."""
        if not self.is_running(name):
            self.start_product(name)
        elif patience <= 0:
            self.running[name].kill()
            later(0.05, lambda: self.start_again(name, later, 1))
        else:
            later(0.05, lambda: self.start_again(name, later, patience - 0.05))

    def stop_products(self, patience=15):
        """The agent first, so that the last it has seen still reaches the collector."""
        for name in ("agent", "collector"):
            if self.is_running(name):
                process = self.running[name]
                process.send_signal(signal.SIGCONT)
                process.terminate()
                try:
                    process.wait(patience)
                except subprocess.TimeoutExpired:
                    process.kill()

    def await_page(self, limit=60):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            if not self.is_running("collector"):
                raise RuntimeError(f"the collector ended by itself; its log is {self.folder / 'collector.log'}")
            try:
                with network.inside("centre"):
                    connection = http.client.HTTPConnection(*PAGE, timeout=2)
                    connection.request("GET", "/health")
                    if connection.getresponse().status == 200:
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the collector's page did not answer within {limit} s")

    def tool(self, *words, given=""):
        return network.run([str(self.programs / "haidang"), *words, "--state", str(self.folder / "collector")],
                           given, namespace="centre").strip()

    def enrol(self):
        token = self.tool("enrol-token", "--quiet")
        network.run([str(self.programs / "haidang-agent"), "enrol", token, "--state", str(self.folder / "agent")],
                    namespace="centre")

    # Clocks: libfaketime reads a file that says how far off the clock is.

    def can_jump(self):
        return self._faketime() is not None

    def _faketime(self):
        found = sorted(pathlib.Path("/usr/lib").glob(f"*/faketime/{_FAKETIME}"))
        return found[0] if found else None

    def _clock(self, name):
        library = self._faketime()
        if library is None:
            return {}
        file = self.folder / f"{name}.clock"
        if not file.exists():
            file.write_text("+0\n")
        return {
            "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            # Without it the library sets this variable itself, which moves the environment, and Swift finds a
            # program's arguments in front of the environment.
            "FAKETIME_SHARED": f"/lab-{name}-lock /lab-{name}"}

    def set_clock(self, name, seconds):
        file = self.folder / f"{name}.clock"
        new = file.with_suffix(".new")
        new.write_text(f"{seconds:+g}\n")
        new.replace(file)

    def memory(self):
        """Bytes of all processes of this lab, shared pages counted once."""
        total = 0
        for entry in pathlib.Path("/proc").glob("[0-9]*/smaps_rollup"):
            try:
                for line in entry.read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
            except OSError:
                continue  # It ended meanwhile.
        return total
