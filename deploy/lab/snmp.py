"""The SNMP v2c agent of a stand-in: GET, GETNEXT and GETBULK over `system` and a few columns of `ifTable`."""

import bisect

import ber

_SYSTEM = (1, 3, 6, 1, 2, 1, 1)
_INTERFACES = (1, 3, 6, 1, 2, 1, 2)
# The arc that RFC 5612 keeps for examples: no maker is named.
_ENTERPRISE = (1, 3, 6, 1, 4, 1, 32473, 1)
_REPETITIONS_LIMIT, _ANSWER_LIMIT = 50, 1400


def objects(description, name, location, services, uptime, interfaces):
    """Sorted [(object, its value in BER)]; interfaces: [(name, bytes in, bytes out)]."""
    scalars = [
        ber.text(description), ber.oid(_ENTERPRISE), ber.integer(int(uptime * 100) & 0xFFFFFFFF, ber.TICKS),
        ber.text("CNTT"), ber.text(name), ber.text(location), ber.integer(services)]
    found = {(*_SYSTEM, number, 0): value for number, value in enumerate(scalars, 1)}
    found[*_INTERFACES, 1, 0] = ber.integer(len(interfaces))
    for index, (title, received, sent) in enumerate(interfaces, 1):
        columns = {
            1: ber.integer(index), 2: ber.text(title), 3: ber.integer(6), 4: ber.integer(1500),
            5: ber.integer(1_000_000_000, ber.GAUGE), 7: ber.integer(1), 8: ber.integer(1),
            10: ber.integer(received & 0xFFFFFFFF, ber.COUNTER), 16: ber.integer(sent & 0xFFFFFFFF, ber.COUNTER)}
        for column, value in columns.items():
            found[*_INTERFACES, 2, 1, column, index] = value
    return sorted(found.items())


def answer(request, community, known):
    """The response's bytes, or None for what an agent keeps silent about. Raises ber.Malformed."""
    _, message, _ = ber.read(request, 0, ber.SEQUENCE)
    version, at = ber.read_integer(message, 0)
    _, given, at = ber.read(message, at, ber.TEXT)
    kind, pdu, _ = ber.read(message, at)
    if version != 1 or given != community.encode() or kind not in (ber.GET, ber.GET_NEXT, ber.GET_BULK):
        return None
    number, at = ber.read_integer(pdu, 0)
    first, at = ber.read_integer(pdu, at)
    second, at = ber.read_integer(pdu, at)
    _, bindings, _ = ber.read(pdu, at, ber.SEQUENCE)
    asked, at = [], 0
    while at < len(bindings):
        _, binding, at = ber.read(bindings, at, ber.SEQUENCE)
        asked.append(ber.read_oid(binding, 0)[0])
    if kind == ber.GET:
        found = [_exactly(known, name) for name in asked]
    elif kind == ber.GET_NEXT:
        found = [_after(known, name) for name in asked]
    else:
        found = _bulk(known, asked, max(first, 0), min(max(second, 0), _REPETITIONS_LIMIT))
    content = b"".join(ber.item(ber.SEQUENCE, ber.oid(name) + value) for name, value in found)
    body = ber.integer(number) + ber.integer(0) + ber.integer(0) + ber.item(ber.SEQUENCE, content)
    return ber.item(ber.SEQUENCE, ber.integer(1) + ber.text(community) + ber.item(ber.RESPONSE, body))


def _exactly(known, name):
    at = bisect.bisect_left(known, (name,))
    if at < len(known) and known[at][0] == name:
        return known[at]
    return name, ber.item(ber.NO_OBJECT, b"")


def _after(known, name):
    at = bisect.bisect_left(known, (name,))
    if at < len(known) and known[at][0] == name:
        at += 1
    return known[at] if at < len(known) else (name, ber.item(ber.END_OF_VIEW, b""))


def _bulk(known, asked, once, repetitions):
    found = [_after(known, name) for name in asked[:once]]
    names, size = asked[once:], 0
    for _ in range(repetitions):
        row = [_after(known, name) for name in names]
        size += sum(len(value) + 4 * len(name) for name, value in row)
        if not row or size > _ANSWER_LIMIT:
            break
        found += row
        names = [name for name, _ in row]
    return found
