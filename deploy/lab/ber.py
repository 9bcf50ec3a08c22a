"""As much of BER as SNMP v2c needs, read with every length checked."""

INTEGER, TEXT, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
COUNTER, GAUGE, TICKS = 0x41, 0x42, 0x43
NO_OBJECT, END_OF_VIEW = 0x80, 0x82
GET, GET_NEXT, RESPONSE, GET_BULK = 0xA0, 0xA1, 0xA2, 0xA5


class Malformed(Exception):
    pass


def item(tag, content):
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def integer(value, tag=INTEGER):
    return item(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def text(value):
    return item(TEXT, value.encode())


def oid(arcs):
    content = bytearray()
    for arc in [arcs[0] * 40 + arcs[1], *arcs[2:]]:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        content += bytes(reversed(septets))
    return item(OID, bytes(content))


def read(data, at=0, expected=None):
    """(tag, content, where the next item begins)"""
    if at + 2 > len(data):
        raise Malformed("ends too early")
    tag, length = data[at], data[at + 1]
    at += 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 3 or at + count > len(data):
            raise Malformed("a length that is none")
        length = int.from_bytes(data[at:at + count], "big")
        at += count
    if at + length > len(data):
        raise Malformed("ends too early")
    if expected is not None and tag != expected:
        raise Malformed(f"tag {tag:#x} where {expected:#x} belongs")
    return tag, data[at:at + length], at + length


def read_integer(data, at):
    _, content, at = read(data, at, INTEGER)
    if not 1 <= len(content) <= 8:
        raise Malformed("an integer of no length")
    return int.from_bytes(content, "big", signed=True), at


def read_oid(data, at):
    _, content, at = read(data, at, OID)
    arcs, value = [], 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if value > 0xFFFFFFFF + 80:
            raise Malformed("an arc above 32 bits")
        if not octet & 0x80:
            arcs.append(value)
            value = 0
    if not arcs or content[-1] & 0x80:
        raise Malformed("an object identifier that ends in the middle")
    first = min(arcs[0] // 40, 2)
    return (first, arcs[0] - first * 40, *arcs[1:]), at
