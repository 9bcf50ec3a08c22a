"""The lab of `make lab` for cases: it is started, broken and asked from outside."""

import ctypes
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

from province import AGENT, PROGRAMS, REPOSITORY, Webhook, Wrong, until

UP_LIMIT = 30


class Lab:
    """The lab as somebody outside sees it."""

    def __init__(self, province, chosen, is_bare=True):
        """`is_bare`: devices are asked by ICMP and HTTP alone."""
        self.province, self.folder = province, province.folder / "lab"
        programs = province.folder / "programs"
        programs.mkdir()
        for program in (PROGRAMS / "haidang-collector", AGENT, PROGRAMS / "haidang"):
            (programs / program.name).symlink_to(program.absolute())
        self.tool = programs / "haidang"
        province.state = self.folder / "collector"
        began = time.monotonic()
        # The log of the case, for whoever has to find out.
        with open(province.folder / "collector.log", "wb") as log:
            self.process = subprocess.Popen(
                [REPOSITORY / "deploy/lab/up", "--state", self.folder, "--programs", programs,
                 "--page", f"127.0.0.1:{province.plain}", "--seed", str(chosen), *(["--bare"] if is_bare else [])], stdout=log, stderr=log)
        province.processes.append(self.process)
        until("the lab is up", self.is_up, UP_LIMIT)
        self.seconds = time.monotonic() - began
        self.first = self.descendants()[1]
        self.truth = json.loads((self.folder / "truth.json").read_text())

    def is_up(self):
        if self.process.poll() is not None:
            raise Wrong(f"the lab ended with status {self.process.returncode}")
        return "The lab is up" in (self.province.folder / "collector.log").read_text()

    def descendants(self):
        """unshare, the first process inside, and all below it."""
        parents = {}
        for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                parents.setdefault(int(entry.read_text().rpartition(")")[2].split()[1]), []).append(int(entry.parent.name))
            except OSError:
                continue
        found, left = [], parents.get(self.process.pid, [])
        while left:
            found += left
            left = [child for each in left for child in parents.get(each, [])]
        return found

    def processor_seconds(self):
        total = 0
        for process in self.descendants():
            try:
                figures = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                total += int(figures[11]) + int(figures[12])
            except OSError:
                continue
        return total / os.sysconf("SC_CLK_TCK")

    def inside(self, *command, namespace="centre"):
        """What a plain tool in the centre says, and its status."""
        enter = ["nsenter", "--target", self.first, "--mount", "--net", "--pid"]
        if os.readlink(f"/proc/{self.first}/ns/user") != os.readlink("/proc/self/ns/user"):
            enter += ["--user", "--preserve-credentials"]
        # What snmpget keeps for its next call goes with the namespace.
        script = f'export PATH=$PATH:/usr/sbin:/sbin SNMP_PERSISTENT_DIR=/run/snmp; exec nsenter --net=/run/netns/{namespace} "$@"'
        done = subprocess.run(
            [str(word) for word in [*enter, "sh", "-c", script, "sh", *command]], capture_output=True, text=True,
            timeout=60)
        return done.stdout + done.stderr, done.returncode

    def say(self, *words):
        """`haidang lab …`: its status, and what it said."""
        done = subprocess.run(
            [str(self.tool), "lab", *words, "--state", str(self.folder)], capture_output=True, text=True, timeout=60)
        return done.returncode, (done.stdout + done.stderr).strip()

    def do(self, *words):
        status, said = self.say(*words)
        if status:
            raise Wrong(f"haidang lab {' '.join(words)}: {said}")
        return said

    def refuses(self, part, *words):
        status, said = self.say(*words)
        if status == 0 or part not in said:
            raise Wrong(f"haidang lab {' '.join(words)}: {said!r} does not refuse with {part!r}")

    def address(self, name):
        return self.truth["assets"][name]["address"]

    def ping(self, name, count=5, interval=0.05):
        """(share lost, all that it said, numbers of the answers)"""
        said, _ = self.inside("ping", "-n", "-c", count, "-i", interval, "-W", 1, self.address(name))
        lost = re.search(r"([\d.]+)% packet loss", said)
        if not lost:
            raise Wrong(f"ping {name}: {said}")
        answers = [int(number) for number in re.findall(r"bytes from .*icmp_seq=(\d+)", said)]
        return float(lost[1]) / 100, said, answers

    def fetch(self, name, scheme="http", patience=3):
        """Seconds of a page, or None where none came."""
        said, status = self.inside("curl", "-sk", "-o", "/dev/null", "-m", patience, "-w", "%{http_code} %{time_total}",
                                   f"{scheme}://{self.address(name)}/")
        return float(said.split()[1]) if status == 0 and said.startswith("200 ") else None

    def status(self):
        return json.loads(self.do("status", "--json"))

    def within_centre(self, make):
        """What `make` returns, made in the centre's network: a socket stays in the network where it was made. Needs root."""
        answer = []

        def enter():
            space = os.open(pathlib.Path("/proc", str(self.first), "root", "run/netns/centre"), os.O_RDONLY)
            if ctypes.CDLL(None, use_errno=True).setns(space, 0):
                raise OSError(ctypes.get_errno(), "setns")
            os.close(space)
            answer.append(make())

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        if not answer:
            raise Wrong("nothing could be made in the centre's network")
        return answer[0]

    def webhook(self):
        return self.within_centre(lambda: Webhook(self.province))

    def apply(self, *documents):
        text = "\n---\n".join("apiVersion: haidang/v1\n" + document.strip() for document in documents) + "\n"
        token = json.loads((self.province.state / "cli.json").read_text())["token"]
        status, body = self.province.request(
            "POST", "/api/v1/apply", text.encode(), {"Authorization": f"Bearer {token}", "Content-Type": "application/yaml"})
        if status != 200:
            raise Wrong(f"apply answered {status}: {body[:300]}")


def answers(lab):
    try:
        return lab.province.request("GET", "/health")[0] == 200
    except OSError:
        return False


def board(lab):
    """state → names of the lab's assets"""
    found = {}
    for asset in lab.province.api("status")["assets"]:
        if asset["name"] in lab.truth["assets"]:
            found.setdefault(asset["state"], set()).add(asset["name"])
    return found


def all_up(lab, limit):
    began = time.monotonic()
    try:
        until("everything is up on the board", lambda: board(lab).keys() == {"up"}, limit, 0.25)
    except Wrong as wrong:
        raise Wrong(f"{wrong}: " + ", ".join(f"{len(names)} {state} ({sorted(names)[:3]})" for state, names in
                                             board(lab).items())) from None
    return time.monotonic() - began
