"""A small province for end-to-end cases: real programs, real receivers, a folder and a network of its own.

A case calls `begin` and gets a Province. As root everything runs inside namespaces of its own (network with nothing
but the loopback, mounts, processes), so that no other address can be contacted and nothing survives the case.
"""

import concurrent.futures
import contextlib
import datetime
import email
import email.policy
import http.client
import http.server
import json
import os
import pathlib
import random
import re
import selectors
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
PROGRAMS = pathlib.Path(os.environ.get("HAIDANG_PROGRAMS", REPOSITORY / ".build/debug"))
# The agent may be another build: it is shipped with the standard library inside.
AGENT = pathlib.Path(os.environ.get("HAIDANG_AGENT", PROGRAMS / "haidang-agent"))
IS_CI = os.environ.get("CI") == "true"
INSIDE = "HAIDANG_CASE_INSIDE"


class Wrong(Exception):
    """The case does not hold; the text says what was expected and what came."""


class Overdue(Exception):
    """The case took longer than it may."""


def setting(name, full, in_ci):
    """A whole number from the environment; smaller by default where CI=true."""
    return int(os.environ.get(name, in_ci if IS_CI else full))


def seed():
    """SEED from the environment or a fresh one; printed, so that a run can be had again."""
    chosen = int(os.environ.get("SEED", random.SystemRandom().randrange(1 << 31)))
    print(f"seed {chosen}")
    return random.Random(chosen)


def spread(seconds):
    """min / median / max, with one decimal that means something."""
    ordered = sorted(seconds)
    if not ordered:
        return "none"
    return f"min {ordered[0]:.2f}  median {ordered[len(ordered) // 2]:.2f}  max {ordered[-1]:.2f} s"


def instant(text):
    """Seconds since 1970 of a time as the API writes it."""
    return datetime.datetime.fromisoformat(text).timestamp()


def until(what, ask, limit, pause=0.05):
    """Asks until the answer is true, and returns it; wrong after `limit` seconds."""
    deadline = time.monotonic() + limit
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Wrong(f"{what}: not within {limit} s")
        time.sleep(pause)


def _enter_namespaces():
    """As root: this very script again, with a network, mounts and processes of its own."""
    if os.environ.get(INSIDE):
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return True
    if os.geteuid() != 0:
        return False
    if subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], stderr=subprocess.DEVNULL).returncode:
        raise Wrong("root, but namespaces cannot be made here (unshare --net --mount --pid)")
    os.environ[INSIDE] = "yes"
    unshare = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"]
    os.execvp("unshare", unshare + [sys.executable, os.path.abspath(sys.argv[0])] + sys.argv[1:])


def begin(case, limit, needs_root=False):
    """Runs `case(province)` for at most `limit` seconds and exits: 0 when it holds. Everything started is gone then."""
    sys.stdout.reconfigure(line_buffering=True)
    try:
        is_inside = _enter_namespaces()
    except Wrong as wrong:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {wrong}")
    if needs_root and not is_inside:
        print("skipped: needs root, for many machines on one")
        sys.exit(0)
    needed = [PROGRAMS / "haidang-collector", AGENT, PROGRAMS / "haidang"]
    if missing := [str(program) for program in needed if not program.exists()]:
        sys.exit(f"not there: {', '.join(missing)}; build first, or set HAIDANG_PROGRAMS and HAIDANG_AGENT")

    def overdue(*_):
        raise Overdue(f"not done within {limit} s")

    def interrupted(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, overdue)
    signal.signal(signal.SIGTERM, interrupted)
    signal.alarm(limit)
    province = Province(is_inside)
    status = 1
    try:
        case(province)
        status = 0
    except (Wrong, Overdue) as wrong:
        print(f"{pathlib.Path(sys.argv[0]).name}: {wrong}", file=sys.stderr)
        province.show_logs()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    except BaseException:
        province.show_logs()
        raise
    finally:
        signal.alarm(0)
        province.end()
    sys.stdout.flush()
    sys.stderr.flush()
    # Receivers' threads may still hold a connection; nothing of them is needed any more.
    os._exit(status)


class Province:
    """A collector, its agents and whoever listens, all under one folder."""

    def __init__(self, is_inside):
        self.is_inside = is_inside
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haidang-case-"))
        self.state = self.folder / "collector"
        self.taken = set()
        self.web, self.agents_port, self.plain = self.port(), self.port(), self.port()
        self.collector = None
        self.agents = []
        self.processes = []
        self.closing = contextlib.ExitStack()

    # Below the ports that the kernel hands out for outgoing connections: a killed collector must find its own free.
    def port(self):
        while True:
            port = random.SystemRandom().randrange(20000, 30000)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if port not in self.taken and probe.connect_ex(("127.0.0.1", port)) != 0:
                    self.taken.add(port)
                    return port

    def spawn(self, name, command, **environment):
        """Starts a program with its output in NAME.log; it is killed at the end of the case."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("HAIDANG_")}
        with open(self.folder / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env=clean | environment, cwd=self.folder)
        self.processes.append(process)
        return process

    def start_collector(self, **environment):
        """Starts the collector without waiting for it; returns when that was, in seconds since 1970."""
        began = time.time()
        self.collector = self.spawn(
            "collector",
            [PROGRAMS / "haidang-collector", "--state", self.state, "--plain-http", f"127.0.0.1:{self.plain}"],
            **{"HAIDANG_WEB": f"127.0.0.1:{self.web}", "HAIDANG_AGENTS": f"127.0.0.1:{self.agents_port}"}
            | environment)
        return began

    def await_collector(self, limit=60):
        until("the collector answers /health", self.is_healthy, limit)

    def is_healthy(self):
        if self.collector.poll() is not None:
            raise Wrong(f"the collector ended by itself with status {self.collector.returncode}")
        try:
            return self.request("GET", "/health")[0] == 200
        except OSError:
            return False

    def stop_collector(self, limit=30):
        self.stop(self.collector, "the collector", limit)

    def kill_collector(self):
        self.collector.kill()
        self.collector.wait()

    @staticmethod
    def stop(process, name, limit):
        process.terminate()
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired as error:
            raise Wrong(f"{name} did not stop within {limit} s of SIGTERM") from error
        if status != 0:
            raise Wrong(f"{name} ended with status {status} on SIGTERM")

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def api(self, path, method="GET", **query):
        """What the API answers, from JSON. The token is made anew at each start of the collector."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        token = json.loads((self.state / "cli.json").read_text())["token"]
        status, body = self.request(method, "/api/v1/" + path, headers={"Authorization": f"Bearer {token}"})
        if status != 200:
            raise Wrong(f"{method} /api/v1/{path} answered {status}: {body[:300]}")
        return json.loads(body)

    def asset(self, name):
        """One asset of the board."""
        found = [asset for asset in self.api("status")["assets"] if asset["name"] == name]
        return found[0] if found else None

    def is_state(self, name, state):
        asset = self.asset(name)
        return asset is not None and asset["state"] == state

    def tool(self, *words, given=""):
        done = subprocess.run(
            [str(PROGRAMS / "haidang"), *map(str, words), "--state", str(self.state)], input=given,
            capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Wrong(f"haidang {words[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def apply(self, *documents):
        file = self.folder / "applied.yaml"
        file.write_text("\n---\n".join("apiVersion: haidang/v1\n" + document.strip() for document in documents) + "\n")
        self.tool("apply", "-f", file)

    def enrol(self, count):
        """Enrols so many agents, each a machine of its own; the first is the one that asks what is declared."""
        self.agents = [Agent(self, number) for number in range(1, count + 1)]
        self.agents[0].enrol(self.tool("enrol-token", "--quiet"))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda agent: agent.enrol(self.api("enrolment-tokens", "POST")["token"]), self.agents[1:]))

    def rows(self, path, query, *arguments):
        """Reads a database that somebody else writes."""
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(query, arguments).fetchall()
        finally:
            connection.close()

    def collected(self, query, *arguments):
        return self.rows(self.state / "haidang.sqlite", query, *arguments)

    def show_logs(self, lines=25):
        """The end of the collector's log and of the first agent's, for whoever has to find out."""
        for name in ("collector", "agent-1"):
            log = self.folder / f"{name}.log"
            if log.exists():
                print(f"--- the end of {name}.log", file=sys.stderr)
                print("\n".join(log.read_text(errors="replace").splitlines()[-lines:]), file=sys.stderr)

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
        for process in self.processes:
            process.wait()
        self.closing.close()
        if os.environ.get("KEEP"):
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


class Agent:
    """One agent. Its machine's mark is taken when it enrols, so only then it needs a machine-id of its own."""

    def __init__(self, province, number):
        self.province = province
        self.name = f"agent-{number}"
        self.state = province.folder / self.name
        self.process = None
        self.id = None

    def enrol(self, token):
        command = [AGENT, "enrol", token, "--state", self.state]
        if self.province.is_inside and os.path.exists("/etc/machine-id"):
            mark = self.province.folder / f"{self.name}.machine-id"
            mark.write_text(random.SystemRandom().randbytes(16).hex() + "\n")
            script = 'mount --bind "$0" /etc/machine-id && exec "$@"'
            command = ["unshare", "--mount", "sh", "-c", script, mark, *command]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120)
        found = re.search(r"as agent (\S+?)\.?$", done.stdout, re.MULTILINE)
        if done.returncode or not found:
            raise Wrong(f"{self.name} could not enrol: {done.stdout}{done.stderr}")
        self.id = found[1]

    def start(self, **environment):
        self.process = self.province.spawn(
            self.name, [AGENT, "run", "--state", self.state], **environment)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, limit=30):
        Province.stop(self.process, self.name, limit)

    def spool(self, query, *arguments):
        return self.province.rows(self.state / "spool.sqlite", query, *arguments)


class Webhook:
    """Receives what a webhook route sends; can keep the sender waiting for its answer."""

    def __init__(self, province):
        self.port = province.port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.lock = threading.Condition()
        self.got = []
        self.in_hand = 0
        self.is_held = False
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.take(body, self.headers["Idempotency-Key"])
                with contextlib.suppress(OSError):  # A sender that was killed meanwhile.
                    self.send_response(204)
                    self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        province.closing.callback(server.shutdown)

    def take(self, body, key):
        with self.lock:
            self.got.append((time.time(), body, key))
            self.in_hand += 1
            self.lock.notify_all()
            self.lock.wait_for(lambda: not self.is_held, 20)
            self.in_hand -= 1

    def hold(self):
        """From now on whoever sends waits for the answer until `release`."""
        with self.lock:
            self.is_held = True

    def await_in_hand(self, limit):
        """Whether a message came that is not yet answered."""
        with self.lock:
            return self.lock.wait_for(lambda: self.in_hand > 0, limit)

    def release(self):
        with self.lock:
            self.is_held = False
            self.lock.notify_all()

    def messages(self, **wanted):
        """(time, body) of what came and carries these values."""
        with self.lock:
            return [(at, body) for at, body, _ in self.got if all(body[key] == value for key, value in wanted.items())]


class Mailbox:
    """A real SMTP server (aiosmtpd) that keeps what it takes, by the number in its Message-ID.

    `options` are aiosmtpd's own, e.g. a TLS context and who may log in.
    """

    def __init__(self, province, **options):
        try:
            from aiosmtpd.controller import Controller
        except ImportError as error:
            raise Wrong("python3-aiosmtpd is missing: deploy/prerequisites integration installs it") from error
        self.got = []
        mailbox = self

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                mailbox.got.append((time.time(), message, list(envelope.rcpt_tos)))
                return "250 taken"

        self.port = province.port()
        controller = Controller(Handler(), hostname="127.0.0.1", port=self.port, **options)
        controller.start()
        province.closing.callback(controller.stop)

    def messages(self):
        """(time, number of the message, mail)"""
        return [
            (at, int(re.fullmatch(r"<haidang-(\d+)@.*>", str(mail["Message-ID"]).strip())[1]), mail)
            for at, mail, _ in list(self.got)
        ]


class Nginx:
    """A real nginx on a port of the loopback."""

    def __init__(self, province, name):
        self.province, self.name, self.port = province, name, province.port()
        self.folder = province.folder / name
        (self.folder / "html").mkdir(parents=True)
        self.folder.chmod(0o755)
        (self.folder / "html/index.html").write_text("<p>open</p>\n")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"  {kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{user}daemon off;\nworker_processes 1;\npid {self.folder}/pid;\nerror_log {self.folder}/error.log;\n"
            f"events {{}}\nhttp {{\n  access_log off;\n{paths}"
            f"  server {{ listen 127.0.0.1:{self.port}; root {self.folder}/html; }}\n}}\n")
        self.process = None

    def start(self):
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if program is None:
            raise Wrong("nginx is missing: deploy/prerequisites integration installs it")
        self.process = self.province.spawn(
            self.name, [program, "-p", self.folder, "-e", self.folder / "error.log", "-c", self.folder / "nginx.conf"])
        until(f"{self.name} listens", self.listens, 10, pause=0.01)
        return time.time()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        """Returns when it was told to stop: from then on nobody is served."""
        at = time.time()
        self.process.terminate()
        self.process.wait(10)
        return at


class Listener:
    """Takes connections and closes them; can be closed itself and opened again."""

    def __init__(self, addresses, port):
        self.addresses, self.port = addresses, port
        self.sockets = []
        self.selector = None
        self.thread = None

    def open(self):
        self.sockets = [socket.create_server((host, self.port), backlog=512) for host in self.addresses]
        self.selector = selectors.DefaultSelector()
        self.wake, self.woken = socket.socketpair()
        self.selector.register(self.woken, selectors.EVENT_READ)
        for listening in self.sockets:
            listening.setblocking(False)
            self.selector.register(listening, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.woken:
                    return
                with contextlib.suppress(OSError):
                    key.fileobj.accept()[0].close()

    def close(self):
        for listening in self.sockets:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
        self.wake.send(b"x")
        self.thread.join()
        for each in [*self.sockets, self.wake, self.woken]:
            each.close()
        self.selector.close()
