"""A network of thousands of addresses behind a cable, and real programs that answer at all of them.

Addresses of LIVE answer: ICMP by the kernel, HTTP, HTTPS, a page of metrics and TCP by nginx, DNS by named, NTP by chronyd,
SNMP by snmpd, SIP by a stand-in. What is sent to SILENT vanishes; port 9 of any live address refuses.
"""

import ipaddress
import os
import pathlib
import re
import shutil
import subprocess
import sys

from province import Wrong, until

# A sixteenth of a network for each kind of asset.
LIVE, SILENT = ipaddress.ip_network("10.32.0.0/11"), ipaddress.ip_network("10.64.0.0/11")
NEAR, FAR = "172.30.0.1", "172.30.0.2"
REFUSING, METRICS = 9, 9100
AUTHORITIES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def program(name):
    found = shutil.which(name, path=PATH)
    if found is None:
        raise Wrong(f"{name} is missing: deploy/prerequisites bench installs it")
    return found


def run(*words, given=None):
    done = subprocess.run([str(word) for word in words], input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{' '.join(map(str, words))[:200]}: {done.stdout}{done.stderr}")
    return done.stdout


class Counterparts:
    """`resolvers` and `portals` are the addresses that are asked by DNS and by HTTPS: the ones are bound, the others certified."""

    def __init__(self, province, resolvers, portals):
        self.province, self.folder = province, province.folder / "counterparts"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        holder = province.spawn("network", ["unshare", "--net", "sleep", "infinity"])
        self.enter = ["nsenter", f"--net=/proc/{holder.pid}/ns/net", "--"]
        until("the network behind the cable", lambda: os.readlink(f"/proc/{holder.pid}/ns/net") != os.readlink(
            "/proc/self/ns/net"), 10)
        self._cable(holder.pid, resolvers)
        self._nginx(portals)
        self._named()
        self._chronyd()
        self._snmpd()
        self._start("sip", [sys.executable, "-B", pathlib.Path(__file__).with_name("sip_anywhere.py")])
        until("all of them listen", self._listen, 60, 0.1)

    def _cable(self, holder, resolvers):
        run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far", "netns", holder)
        run("ip", "-batch", "-", given=f"address add {NEAR}/30 dev near\nlink set near up\n"
            f"route add {LIVE} via {FAR}\nroute add {SILENT} via {FAR}\n")
        inside = [f"address add {FAR}/30 dev far", "link set lo up", "link set far up", f"route add local {LIVE} dev lo",
                  # A route of this kind refuses what we send ourselves, and drops what we are to pass on.
                  f"route add blackhole {SILENT}"]
        # named answers only at addresses that an interface has.
        inside += [f"address add {address}/32 dev lo" for address in resolvers]
        run(*self.enter, "ip", "-batch", "-", given="\n".join(inside) + "\n")
        run(*self.enter, "sysctl", "-qw", "net.ipv4.ip_forward=1")

    def _start(self, name, command, **environment):
        return self.province.spawn(f"counterpart-{name}", [*self.enter, *command], **environment)

    def _certificate(self, addresses):
        """An authority of our own, one of the system's from then on for all that this case starts, and what it signed."""
        folder, key = self.folder, ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        run("openssl", "req", "-x509", *key, "-keyout", folder / "ca.key", "-out", folder / "ca.pem", "-days", 90, "-subj", "/CN=bench")
        run("openssl", "req", *key, "-keyout", folder / "web.key", "-out", folder / "web.csr", "-subj", "/CN=portal")
        (folder / "extensions").write_text(f"subjectAltName={','.join(f'IP:{address}' for address in addresses)}\n")
        run("openssl", "x509", "-req", "-in", folder / "web.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", 90, "-extfile", folder / "extensions", "-out", folder / "web.pem")
        (folder / "authorities.pem").write_text(AUTHORITIES.read_text() + (folder / "ca.pem").read_text())
        run("mount", "--bind", folder / "authorities.pem", AUTHORITIES)

    def _nginx(self, portals):
        self._certificate(portals)
        folder = self.folder
        paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "metrics").write_text("".join(
            f"# TYPE bench_{name} gauge\n" + "".join(f'bench_{name}{{part="{part}"}} {part}\n' for part in range(10))
            for name in ("load", "memory", "requests", "errors", "queue")))
        (folder / "nginx.conf").write_text(
            f"user root; daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;\n"
            f"events {{ worker_connections 8192; multi_accept on; }}\nhttp {{ access_log off; keepalive_timeout 0;\n{paths}"
            "ssl_session_cache off; ssl_session_tickets off;\n"
            f"server {{ listen 80 backlog=4096; listen 443 ssl backlog=4096; listen {METRICS} backlog=4096;\n"
            f"ssl_certificate {folder}/web.pem; ssl_certificate_key {folder}/web.key; default_type text/plain;\n"
            f"root {folder}; location / {{ return 200 \"up\\n\"; }} location = /metrics {{ }} }} }}\n")
        self._start("nginx", [program("nginx"), "-p", folder, "-e", folder / "nginx.log", "-c", folder / "nginx.conf"])

    def _named(self):
        folder = self.folder / "named"
        folder.mkdir()
        # A root of its own, which is what the check asks for by default.
        (folder / "root").write_text("$TTL 3600\n@ IN SOA ns. admin. 1 3600 600 86400 60\n@ IN NS ns.\nns. IN A 192.0.2.53\n")
        (folder / "named.conf").write_text(
            f'options {{ directory "{folder}"; pid-file "{folder}/pid"; session-keyfile "{folder}/session";\n'
            "  listen-on { any; }; listen-on-v6 { none; }; recursion no; allow-query { any; }; dnssec-validation no; };\n"
            'controls {};\nzone "." { type primary; file "root"; };\n')
        self._start("named", [program("named"), "-4", "-n", "1", "-c", folder / "named.conf", "-f", "-g"])

    def _chronyd(self):
        folder = self.folder / "chrony"
        folder.mkdir(mode=0o700)
        (folder / "chrony.conf").write_text(
            f"local stratum 3\nallow all\ncmdport 0\nbindcmdaddress /\npidfile {folder}/pid\n")
        # It leaves the clock alone (-x).
        self._start("chronyd", [program("chronyd"), "-d", "-x", "-u", "root", "-f", folder / "chrony.conf"])

    def _snmpd(self):
        folder = self.folder / "snmp"
        folder.mkdir()
        (folder / "snmpd.conf").write_text(
            "agentaddress udp:0.0.0.0:161\nsysName switch\nsysLocation bench\nrocommunity public default\n"
            f"[snmp] persistentDir {folder}\n")
        self._start("snmpd", [program("snmpd"), "-f", "-LE", "4", "-C", "-c", folder / "snmpd.conf", "-I", "-smux"],
                    MIBS="", SNMP_PERSISTENT_DIR=str(folder), PATH=PATH)

    def _listen(self):
        said = run(*self.enter, "ss", "-Hlntu")
        ports = {(line.split()[0], int(re.search(r":(\d+)$", line.split()[4])[1])) for line in said.splitlines()}
        wanted = {("tcp", port) for port in (80, 443, METRICS)} | {("udp", port) for port in (53, 123, 161, 5060)}
        return wanted <= ports
