"""What a stand-in codec says of itself: a status document with the fields of RoomOS that the product reads."""

import base64
import xml.sax.saxutils

from wiring import CODEC_LOGIN, CODEC_PASSWORD

PARTS = ("camera", "microphone", "display")
_CREDENTIALS = "Basic " + base64.b64encode(f"{CODEC_LOGIN}:{CODEC_PASSWORD}".encode()).decode()


def lets_in(head):
    """Whether a request carries the login."""
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.strip().lower() == "authorization":
            return value.strip() == _CREDENTIALS
    return False


def status(name, uptime, is_registered, unplugged):
    """The document; `unplugged` holds those of PARTS that are not connected."""
    text = xml.sax.saxutils.escape(name)
    there = {part: "False" if part in unplugged else "True" for part in PARTS}
    microphone = "NotConnected" if "microphone" in unplugged else "Connected"
    registration = "<Status>Registered</Status>" if is_registered else "<Reason>timeout</Reason><Status>Failed</Status>"
    return (
        '<?xml version="1.0"?>\n<Status product="Stand-in" version="lab1.0">\n'
        f'<Audio><Input><Connectors><Microphone item="1"><ConnectionStatus>{microphone}</ConnectionStatus></Microphone>'
        "</Connectors></Input><Microphones><Mute>Off</Mute></Microphones></Audio>\n"
        f'<Cameras><Camera item="1"><Connected>{there["camera"]}</Connected><Model>Stand-in</Model></Camera></Cameras>\n'
        f'<SIP><Registration item="1">{registration}<URI>{text}@lab.invalid</URI></Registration></SIP>\n'
        "<Standby><State>Off</State></Standby>\n"
        "<SystemUnit><ProductId>Stand-in codec</ProductId><Software><Version>lab1.0</Version></Software>"
        f"<State><NumberOfActiveCalls>0</NumberOfActiveCalls></State><Uptime>{uptime:.0f}</Uptime></SystemUnit>\n"
        f"<UserInterface><ContactInfo><Name>{text}</Name></ContactInfo></UserInterface>\n"
        f'<Video><Output><Connector item="1"><Connected>{there["display"]}</Connected></Connector></Output></Video>\n'
        "</Status>\n").encode()
