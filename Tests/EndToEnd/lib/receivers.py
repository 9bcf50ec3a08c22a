"""Receivers of messages for end-to-end cases: a real mail server, a real Alertmanager, stand-ins for what lives elsewhere,
and gates that stand before any of them and fail as networks do.
"""

import contextlib
import email
import email.policy
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse

from province import Wrong, until

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


class Certificates:
    """An authority that this machine trusts for the time of the case, a good certificate of it and one that ran out."""

    def __init__(self, province):
        self.folder = province.folder / "tls"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-days", "2", "-subj", "/CN=Authority of a case", "-keyout", "ca.key", "-out", "ca.pem")
        (self.folder / "index").touch()
        (self.folder / "ca.conf").write_text(
            "[ca]\ndefault_ca = own\n[own]\ndatabase = index\nrand_serial = yes\nnew_certs_dir = .\n"
            "certificate = ca.pem\nprivate_key = ca.key\ndefault_md = sha256\npolicy = any\nunique_subject = no\n"
            "copy_extensions = copy\n[any]\ncommonName = supplied\n")
        self.issue("good", "20200101000000Z", "20990101000000Z")
        self.issue("expired", "20200101000000Z", "20200201000000Z")
        bundle = self.folder / "authorities"
        bundle.write_bytes(pathlib.Path(AUTHORITIES).read_bytes() + (self.folder / "ca.pem").read_bytes())
        self.run("mount", "--bind", str(bundle), AUTHORITIES)

    def run(self, *words):
        subprocess.run(words, cwd=self.folder, check=True, capture_output=True)

    def issue(self, name, begins, ends):
        self.run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                 "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{name}.key", "-out",
                 f"{name}.csr")
        self.run("openssl", "ca", "-batch", "-notext", "-config", "ca.conf", "-startdate", begins, "-enddate", ends,
                 "-in", f"{name}.csr", "-out", f"{name}.pem")

    def context(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


class Gate:
    """A port before a receiver that fails as networks do, until it is opened.

    closed: nobody listens. half-open: it takes the connection and is never heard of again. slow: `delay` seconds pass
    before anything goes through. deaf: what is sent arrives, and no answer ever comes back.
    """

    def __init__(self, province, target, mode="open", delay=4):
        self.port, self.target, self.mode, self.delay = province.port(), target, mode, delay
        self.held = []
        self.server = None
        if mode != "closed":
            self.listen()

    def listen(self):
        self.server = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self.serve, daemon=True).start()

    def open(self, target=None):
        """From the next connection on everything goes through; what hangs, hangs on."""
        self.target = target or self.target
        self.mode = "open"
        if self.server is None:
            self.listen()

    def serve(self):
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self.carry, args=(client, self.mode), daemon=True).start()

    def carry(self, client, mode):
        if mode == "half-open":
            self.held.append(client)
            return
        if mode == "slow":
            time.sleep(self.delay)
        try:
            target = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            client.close()
            return
        threading.Thread(target=self.pump, args=(client, target), daemon=True).start()
        self.pump(target, client, is_dropped=mode == "deaf")

    @staticmethod
    def pump(source, sink, is_dropped=False):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not is_dropped:
                    sink.sendall(data)
            if not is_dropped:
                sink.shutdown(socket.SHUT_WR)


class Exim:
    """A real mail server: STARTTLS before anything, a login before any mail, one mailbox for all who can be reached.

    `nobody@` is unknown for good; `later@` is put off until `accept_later`. The second port shows a certificate that
    has run out.
    """

    USER = "duty"

    def __init__(self, province, certificates, password):
        program = shutil.which("exim4", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if program is None:
            raise Wrong("exim4 is missing: deploy/prerequisites integration installs it")
        self.folder = province.folder / "exim"
        self.port, self.expired_port = province.port(), province.port()
        self.box, self.later = self.folder / "box", self.folder / "later"
        for folder in (self.folder, self.box, self.folder / "spool"):
            folder.mkdir()
        for name in ("good", "expired"):
            for ending in ("pem", "key"):
                shutil.copy(certificates.folder / f"{name}.{ending}", self.folder)
        conf = self.folder / "exim.conf"
        conf.write_text(CONFIGURATION.format(
            folder=self.folder, port=self.port, expired=self.expired_port, user=self.USER, password=password))
        # It gives up its rights where it is given a configuration, so all of it is its own.
        owner = pwd.getpwnam("Debian-exim")
        province.folder.chmod(0o711)
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        os.chown(conf, 0, 0)
        province.spawn("exim", [program, "-C", conf, "-bdf", "-q1h"])
        until("exim listens", self.listens, 10)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def accept_later(self):
        self.later.touch()

    def mails(self):
        """(to, mail) of what lies in the mailbox."""
        found = []
        for path in self.box.glob("new/*"):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found.append((str(mail["Envelope-To"]).strip(), mail))
        return found


CONFIGURATION = """\
primary_hostname = localhost
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
daemon_smtp_ports = {port} : {expired}
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = {folder}/${{if ={{$received_port}}{{{expired}}}{{expired}}{{good}}}}.pem
tls_privatekey = {folder}/${{if ={{$received_port}}{{{expired}}}{{expired}}{{good}}}}.key
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
keep_environment =
begin acl
acl_mail:
  accept encrypted = *
         authenticated = *
  deny message = log in first
acl_rcpt:
  deny message = no such user here
       local_parts = nobody
  defer message = put off, come again
        local_parts = later
        condition = ${{if exists{{{folder}/later}}{{no}}{{yes}}}}
  accept
acl_data:
  accept
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  directory = {folder}/box
  maildir_format
  envelope_to_add
  user = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


class Alertmanager:
    """A real Alertmanager with a receiver that does nothing."""

    def __init__(self, province):
        program = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
        if program is None:
            raise Wrong("prometheus-alertmanager is missing: deploy/prerequisites integration installs it")
        folder = province.folder / "alertmanager"
        folder.mkdir()
        (folder / "conf.yml").write_text("route: {receiver: none}\nreceivers: [{name: none}]\n")
        self.province, self.port = province, province.port()
        province.spawn("alertmanager", [
            program, f"--config.file={folder}/conf.yml", f"--storage.path={folder}/data", "--cluster.listen-address=",
            f"--web.listen-address=127.0.0.1:{self.port}"])
        until("Alertmanager is ready", self.is_ready, 20)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def is_ready(self):
        with contextlib.suppress(OSError):
            return self.get("/-/ready")[0] == 200

    def open_alerts(self):
        return json.loads(self.get("/api/v2/alerts")[1])


class Receiver:
    """An HTTP server for one kind of receiver; a subclass says what it takes. Keeps (time, who, text, marked)."""

    def __init__(self, province, context=None):
        self.port = province.port()
        self.lock = threading.Lock()
        self.got = []
        self.wrong = []
        # By whom the message is for: answers to give before it is taken, each once.
        self.refusals = {}
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def do_GET(self):
                self.answer(b"")

            def answer(self, body):
                try:
                    status, headers, said = receiver.take(self, body)
                except (KeyError, ValueError, AssertionError) as error:
                    receiver.wrong.append(f"{self.command} {self.path}: {error!r}: {body!r}")
                    status, headers, said = 400, {}, b"wrong shape"
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    for name, value in ({"Content-Type": "application/json"} | headers).items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(said)))
                    self.end_headers()
                    self.wfile.write(said)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        server = Server(("127.0.0.1", self.port), Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        province.closing.callback(server.shutdown)

    def keep(self, who, text, is_marked, taken):
        """The refusal that is next for that receiver, else `taken`, and then the message is kept."""
        with self.lock:
            if waiting := self.refusals.get(who):
                return waiting[0] if len(waiting) == 1 and waiting[0][0] == 404 else waiting.pop(0)
            self.got.append((time.time(), who, text, is_marked))
        return taken

    def texts(self, who):
        with self.lock:
            return [(text, is_marked) for _, to, text, is_marked in self.got if to == who]

    def times(self, who):
        with self.lock:
            return [at for at, to, _, _ in self.got if to == who]


MARK = re.compile(r"^\((có thể lặp lại|co the lap lai|maybe repeated)\) ")


def marked(text):
    return bool(MARK.match(text))


class SignedHooks(Receiver):
    """Takes webhooks at /NAME and checks the signature as a receiver has to."""

    def __init__(self, province, key, context=None):
        self.key = key
        super().__init__(province, context)

    def take(self, request, body):
        found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", request.headers["X-Haidang-Signature"])
        assert found, "no signature"
        assert abs(time.time() - int(found[1])) < 300, "stale"
        wanted = hmac.new(self.key.encode(), f"{found[1]}.".encode() + body, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(wanted, found[2]), "another signature"
        message = json.loads(body)
        assert request.headers["Idempotency-Key"] == f"haidang-{message['id']}"
        return self.keep(request.path[1:], message["kind"], message["repeated"], (204, {}, b""))


class Telegram(Receiver):
    """A stand-in for the Bot API."""

    def __init__(self, province, token, context=None):
        self.token = token
        super().__init__(province, context)

    def take(self, request, body):
        if request.path != f"/bot{self.token}/sendMessage":
            return 401, {}, b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        message = json.loads(body)
        assert request.headers["Content-Type"] == "application/json" and "parse_mode" not in message
        assert message["link_preview_options"] == {"is_disabled": True} and 0 < len(message["text"]) <= 4096
        return self.keep(message["chat_id"], message["text"], marked(message["text"]),
                         (200, {}, b'{"ok":true,"result":{"message_id":1}}'))


class Zalo(Receiver):
    """A stand-in for Zalo's login and Open API: a refresh token works once, an access token until `forget`."""

    def __init__(self, province, app, key, refresh, context=None):
        self.app, self.key, self.refresh, self.access, self.trades = app, key, refresh, None, 0
        super().__init__(province, context)

    def forget(self):
        self.access = None

    def take(self, request, body):
        if request.path == "/v4/oa/access_token":
            return 200, {}, json.dumps(self.trade(request, urllib.parse.parse_qs(body.decode()))).encode()
        assert request.path in ("/v3.0/oa/message/cs", "/v3.0/oa/group/message")
        if self.access is None or request.headers["access_token"] != self.access:
            return 200, {}, b'{"error":-216,"message":"Access token is invalid"}'
        message = json.loads(body)
        who = message["recipient"]["group_id" if "group" in request.path else "user_id"]
        text = message["message"]["text"]
        assert 0 < len(text) <= 2000
        return self.keep(who, text, marked(text), (200, {}, b'{"data":{"message_id":"m"},"error":0,"message":"Success"}'))

    def trade(self, request, form):
        with self.lock:
            if request.headers["secret_key"] != self.key or form["app_id"] != [self.app]:
                return {"error": -14004, "error_name": "Invalid secret key"}
            if form["grant_type"] != ["refresh_token"] or form["refresh_token"] != [self.refresh]:
                return {"error": -14014, "error_name": "Invalid refresh token"}
            self.trades += 1
            self.access, self.refresh = os.urandom(12).hex(), os.urandom(12).hex()
            return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}


class Gateway(Receiver):
    """A stand-in for an SMS gateway: says 200 to everything, and in the body whether it took it."""

    def __init__(self, province, key, context=None):
        self.key = key
        super().__init__(province, context)

    def take(self, request, body):
        query = urllib.parse.parse_qs(urllib.parse.urlparse(request.path).query, strict_parsing=True)
        (key,), (to,), (text,) = query["key"], query["to"], query["text"]
        if key != self.key:
            return 200, {}, f'{{"code":101,"why":"unknown key {key}"}}'.encode()
        extended = set("^{}[]~\\|")
        assert sum(2 if letter in extended else 1 for letter in text) <= 160, "longer than one message"
        assert all(" " <= letter <= "~" and letter != "`" for letter in text), "outside of the alphabet"
        assert re.search(r"[ >]\d\d:\d\d \d\d/\d\d$", text), "no time"
        return self.keep(to, text, marked(text), (200, {}, b'{"code":100}'))
