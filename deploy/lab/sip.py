"""The SIP side of a stand-in codec: OPTIONS is answered 200, everything else 405, over UDP, TCP and TLS."""

import re
import secrets

_ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO"
_COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "l": "content-length"}
_WORDS = {403: "Forbidden", 404: "Not Found", 480: "Temporarily Unavailable", 486: "Busy Here",
          500: "Server Internal Error", 503: "Service Unavailable"}
SIZE_LIMIT = 65535


def fields(head):
    """[(name as written, name in lower case and long, value)] with folded lines joined."""
    lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")[1:]
    found = []
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            found.append((_COMPACT.get(name, name), value.strip()))
    return found


def body_length(head):
    for name, value in fields(head):
        if name == "content-length" and value.isdigit():
            return int(value)
    return 0


def answer(request, sender, title, status=0):
    """The response to one request, or None where none is due (ACK, a response, nonsense); with `status` it is that one."""
    head = request.split(b"\r\n\r\n", 1)[0].decode("utf-8", "replace")
    first = head.split("\r\n", 1)[0].split(" ")
    if len(first) != 3 or first[2] != "SIP/2.0" or first[0] == "ACK":
        return None
    given = fields(head)
    copied = {name: [value for each, value in given if each == name] for name in ("via", "from", "to", "call-id", "cseq")}
    if not all(copied.values()):
        return None
    vias = copied["via"][:]
    vias[0] = _received(vias[0], sender)
    to = copied["to"][0]
    if not re.search(r";\s*tag=", to):
        to += f";tag={secrets.token_hex(4)}"
    line = "200 OK" if first[0] == "OPTIONS" else "405 Method Not Allowed"
    if status:
        line = f"{status} {_WORDS.get(status, 'Refused')}"
    lines = [f"SIP/2.0 {line}", *(f"Via: {via}" for via in vias), f"From: {copied['from'][0]}", f"To: {to}",
             f"Call-ID: {copied['call-id'][0]}", f"CSeq: {copied['cseq'][0]}", f"Allow: {_ALLOW}"]
    if first[0] == "OPTIONS":
        lines += ["Accept: application/sdp", "Supported: timer, replaces"]
    lines += [f"Server: {title}", "Content-Length: 0", "", ""]
    return "\r\n".join(lines).encode()


def _received(via, sender):
    """RFC 3261 18.2.1 and RFC 3581: where it really came from, for whoever sits behind a translation."""
    first, comma, rest = via.partition(",")
    address, port = sender
    if re.search(r";\s*rport(?=\s*(;|$))", first):
        first = re.sub(r";\s*rport(?=\s*(;|$))", f";rport={port}", first, count=1) + f";received={address}"
    elif not re.search(rf"\s{re.escape(address)}(:|;|\s|$)", first):
        first += f";received={address}"
    return first + comma + rest
