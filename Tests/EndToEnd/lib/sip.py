"""Real SIP programs of Debian for the case `sip`: kamailio, baresip, sipp."""

import os
import pathlib
import subprocess
import time

from byhand import certificate, probe
from province import Wrong, until


class Kamailio:
    """A registrar and proxy by UDP, TCP and TLS on loopback. Some users have an answer of their own."""

    CONFIGURATION = """#!KAMAILIO
debug=0
log_stderror=yes
children=2
tcp_children=2
enable_tls=yes
disable_tcp=no
listen=udp:127.0.0.1:{port}
listen=tcp:127.0.0.1:{port}
listen=tls:127.0.0.1:{secure}
loadmodule "tls.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
modparam("tls", "private_key", "{key}")
modparam("tls", "certificate", "{pem}")
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tm", "fr_timer", 1000)
modparam("usrloc", "db_mode", 0)
modparam("auth", "nonce_expire", 300)
modparam("auth", "qop", "auth")
modparam("auth", "algorithm", "{algorithm}")
request_route {{
    if (!mf_process_maxfwd_header("10")) {{ sl_send_reply("483", "Too Many Hops"); exit; }}
    if (is_method("REGISTER")) {{
        if (!pv_www_authenticate("$td", "right", "0")) {{ auth_challenge("$td", "1"); exit; }}
        save("location");
        exit;
    }}
    switch ($rU) {{
        case "busy": sl_send_reply("486", "Busy Here"); exit;
        case "loop": sl_send_reply("483", "Too Many Hops"); exit;
        case "broken": sl_send_reply("500", "Server Internal Error"); exit;
        case "overloaded":
            append_to_reply("Retry-After: 7\\r\\n");
            sl_send_reply("503", "Service Unavailable");
            exit;
        case "gone": $du = "sip:127.0.0.1:1"; t_relay(); exit;
    }}
    if ($rU == $null) {{ sl_send_reply("200", "OK"); exit; }}
    if (!lookup("location")) {{ sl_send_reply("404", "Not Found"); exit; }}
    t_relay();
}}
"""

    def __init__(self, province, name="kamailio", algorithm="MD5"):
        self.port, self.secure = province.port(), province.port()
        key, pem = certificate(province.folder, name)
        file = province.folder / f"{name}.cfg"
        file.write_text(self.CONFIGURATION.format(
            port=self.port, secure=self.secure, key=key, pem=pem, algorithm=algorithm))
        runtime = province.folder / f"{name}.run"
        runtime.mkdir()
        self.process = province.spawn(
            name, ["kamailio", "-f", file, "-DD", "-E", "-Y", runtime, "-P", runtime / "pid"],
            PATH=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        self.name = name
        until(f"{name} answers", self.answers, 20)

    def answers(self):
        if self.process.poll() is not None:
            raise Wrong(f"{self.name} ended by itself with status {self.process.returncode}")
        return probe("sip", f"127.0.0.1:{self.port}", timeout="500ms")["state"] == "up"


class Baresip:
    """A user agent that registers as `room1`."""

    def __init__(self, province, registrar):
        self.port = province.port()
        # It wants an address that is not loopback's, and gets one in the case's own network.
        for words in ("link add sip0 type veth peer sip1", "address add 192.0.2.1/24 dev sip0", "link set sip0 up",
                      "link set sip1 up", "route add default dev sip0"):
            subprocess.run(["ip", *words.split()], check=True)
        folder = province.folder / "baresip"
        folder.mkdir()
        modules = next(iter(pathlib.Path("/usr/lib").glob("**/baresip/modules")), None)
        if modules is None:
            raise Wrong("baresip has no modules here")
        (folder / "config").write_text(
            f"sip_listen 127.0.0.1:{self.port}\nmodule_path {modules}\nmodule account.so\nmodule g711.so\n"
            "module_app menu.so\n")
        (folder / "accounts").write_text(
            f"<sip:room1@127.0.0.1:{registrar.port}>;regint=60;auth_user=room1;auth_pass=right;"
            f'outbound="sip:127.0.0.1:{registrar.port}"\n')
        self.process = province.spawn("baresip", ["baresip", "-f", folder])
        until(
            "baresip answers",
            lambda: probe("sip", f"127.0.0.1:{self.port}", {"user": "room1"}, "500ms")["state"] == "up", 20)


class Sipp:
    """sipp as a server that answers OPTIONS with one status, after it was asked so often, or never."""

    def __init__(self, province, name, status=None, phrase="Whatever", transport="u1", fields=""):
        self.port = province.port()
        answer = "" if status is None else f"""
  <send><![CDATA[
    SIP/2.0 {status} {phrase}
    [last_Via:]
    [last_From:]
    [last_To:];tag=[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    {fields}
    Content-Length: 0

  ]]></send>"""
        scenario = province.folder / f"{name}.xml"
        scenario.write_text(
            f'<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="{name}">\n'
            f'  <recv request="OPTIONS"/>{answer}\n</scenario>\n')
        self.process = province.spawn(
            name, ["sipp", "-sf", scenario, "-i", "127.0.0.1", "-p", self.port, "-t", transport, "-nostdin",
                   "-skip_rlimit", "-m", "1000000"])
        if status is not None:
            settings = {} if transport == "u1" else {"transport": "tcp"}
            until(f"sipp answers {status}", lambda: "sip_status" in probe(
                "sip", f"127.0.0.1:{self.port}", settings, "500ms")["readings"], 20)
