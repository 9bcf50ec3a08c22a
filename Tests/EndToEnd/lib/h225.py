"""What we send by H.323, read by pycrate, a codec of H.225.0 that has nothing in common with ours or with tshark's."""

from own_python import OwnPython
from province import Wrong

PYTHON = OwnPython("pycrate", "pycrate==0.8.1")
# Q.931's message types, and the message that H.225.0 has the User-user element bear with each.
SIGNALLING = {0x05: "setup", 0x5a: "releaseComplete", 0x75: "statusInquiry"}
USER_USER, ASN1 = 0x7e, 0x05
# Version 5 of H.225.0, which is what we say to speak.
PROTOCOL = (0, 0, 8, 2250, 0, 5)


def ras(message):
    """(name, fields) of a RAS message that is whole."""
    from pycrate_asn1dir import H225
    return _of_our_version(_read(H225.H323_MESSAGES.RasMessage, message), message)


def signalling(stream):
    """(name, fields) of all messages of a connection, as they follow one another in their TPKTs."""
    from pycrate_asn1dir import H225
    found = []
    while stream:
        length = int.from_bytes(stream[2:4])
        if stream[:2] != b"\3\0" or not 9 <= length <= len(stream):
            raise Wrong(f"no TPKT: {stream.hex()}")
        kind, body = _user_user(stream[4:length])
        value = _read(H225.H323_MESSAGES.H323_UserInformation, body)
        name, fields = _of_our_version(value["h323-uu-pdu"]["h323-message-body"], stream)
        if SIGNALLING.get(kind) != name:
            raise Wrong(f"Q.931 message {kind:#x} bears {name}: {stream[:length].hex()}")
        found.append((name, fields))
        stream = stream[length:]
    # All of a connection is about one call.
    if len({fields["callIdentifier"]["guid"] for _, fields in found}) > 1:
        raise Wrong(f"more than one call: {found}")
    return found


def _of_our_version(message, encoded):
    name, fields = message
    if not isinstance(fields, dict):
        raise Wrong(f"{name} is no message with fields: {encoded.hex()}")
    if fields.get("protocolIdentifier", PROTOCOL) != PROTOCOL:
        raise Wrong(f"{name} is of version {fields['protocolIdentifier']}: {encoded.hex()}")
    return name, fields


def _user_user(message):
    """(message type, what the User-user element bears) of a Q.931 message, whose elements fill it to the last byte."""
    if message[:2] != b"\x08\x02":
        raise Wrong(f"no Q.931 message with a call reference of two bytes: {message.hex()}")
    place, found, before = 5, None, 0
    while place < len(message):
        element = message[place]
        if element & 0x80:
            place += 1
            continue
        # Only User-user has a length of two bytes; elements stand in order (Q.931, 4.5.1).
        start = place + (3 if element == USER_USER else 2)
        end = start + int.from_bytes(message[place + 1:start])
        if element <= before or start > len(message) or end > len(message):
            raise Wrong(f"element {element:#x} out of order or cut off: {message.hex()}")
        if element == USER_USER:
            if message[start:start + 1] != bytes([ASN1]):
                raise Wrong(f"User-user is not X.680: {message.hex()}")
            found = message[start + 1:end]
        place, before = end, element
    if found is None:
        raise Wrong(f"no User-user element: {message.hex()}")
    return message[4], found


def _read(kind, encoded):
    """The value; wrong when pycrate cannot read it, or writes it otherwise."""
    try:
        kind.from_aper(encoded)
        value = kind.get_val()
        kind.set_val(value)
        again = kind.to_aper()
    except Exception as error:  # It has errors of many kinds.
        raise Wrong(f"pycrate on {encoded.hex()}: {type(error).__name__} {error}") from error
    # pycrate 0.8.1 puts one byte too many into a reason that is nothing but its name.
    is_release = kind._name == "H323-UserInformation" and value["h323-uu-pdu"]["h323-message-body"][0] == "releaseComplete"
    if is_release and again[11:12] == b"\0":
        again = again[:11] + again[12:]
    if again != encoded:
        raise Wrong(f"pycrate writes {encoded.hex()} as {again.hex()}")
    return value
