"""Probes asked by hand beside real programs of Debian, and tshark as the judge of what we send."""

import collections
import json
import os
import shutil
import subprocess
import time

from province import AGENT, Wrong, until


def programs(*names):
    """Wrong when one is not installed: `deploy/prerequisites integration` does it."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    if missing := [name for name in names if not shutil.which(name, path=path)]:
        raise Wrong(f"not installed: {', '.join(missing)}; deploy/prerequisites integration installs them")


def probe(kind, target, settings=None, timeout="4s", keys=None):
    """What one run by hand says: the JSON of `haidang-agent probe`, with what `--explain` adds.

    `keys` is a file for what tshark needs to read TLS.
    """
    command = [AGENT, "probe", kind, target, "--json", "--explain", "--timeout", timeout]
    for key, value in (settings or {}).items():
        command += ["--set", f"{key}={value}"]
    environment = os.environ | ({"SSLKEYLOGFILE": str(keys)} if keys else {})
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=30, env=environment)
    if not done.stdout:
        raise Wrong(f"{' '.join(map(str, command))}: {done.stderr}")
    return json.loads(done.stdout)


def roll_call(kind, lines, settings, file):
    """Asks each line at once, as one run by hand does; how many are in which state, and seconds by the clock."""
    file.write_text("".join(f"{line}\n" for line in lines))
    command = [AGENT, "probe", kind, "--targets", file, "--json", "--rate", "0", "--timeout", "4s"]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    begun = time.monotonic()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=30)
    took = time.monotonic() - begun
    states = collections.Counter(json.loads(line)["state"] for line in done.stdout.splitlines())
    if states.total() != len(lines):
        raise Wrong(f"{len(lines)} asked, {states}: {done.stderr}")
    return states, took


def certificate(folder, name="sip"):
    key, pem = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", pem, "-days", "20",
         "-subj", f"/CN={name}.example", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True)
    return key, pem


class Capture:
    """Everything on loopback to a file, and what tshark makes of it."""

    def __init__(self, province, name):
        self.file = province.folder / f"{name}.pcap"
        self.process = province.spawn(f"{name}-capture", ["dumpcap", "-q", "-i", "lo", "-w", self.file])
        until("dumpcap has begun", lambda: self.file.exists() and self.file.stat().st_size > 0, 20)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def fields(self, filter, *fields, decode=(), keys=None):
        """The values of fields, a tuple a packet that the filter lets through."""
        command = ["tshark", "-r", self.file, "-Y", filter, "-T", "fields"]
        for field in fields:
            command += ["-e", field]
        for rule in decode:
            command += ["-d", rule]
        if keys:
            command += ["-o", f"tls.keylog_file:{keys}"]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Wrong(f"tshark: {done.stderr[:500]}")
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]
