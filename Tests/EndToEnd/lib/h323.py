"""Stand-ins for an H.323 device and a gatekeeper: real ones are not to be had here. They give the answers of real stacks."""

import socket
import struct
import subprocess
import threading

from province import Wrong

# GnuGk 5.15 to STATUS ENQUIRY; a Cisco device's STATUS; ooh323c's CALL PROCEEDING; GnuGk's GCF.
RELEASE = bytes.fromhex("0300001a080200005a7e000e052540060008914a000258140100")
STATUS = bytes.fromhex("03000010080280007d080280e2140100")
PROCEEDING = bytes.fromhex(
    "030000540802923402280b6f626a73797363616c6c007e003b052180060008914a000422c0b5000036056f626a7379730576302e392e34"
    "0110c01100000102030405060708090a0b0c0d0e0f0100010010800180")
UNREACHABLE = bytes.fromhex("0300001a080200005a7e000e052540060008914a000230000000")
CONFIRM = bytes.fromhex("04800000060008914a00050a00540065007300740047004b007f00000106b7")
SETUP, STATUS_ENQUIRY, RELEASE_COMPLETE = 0x05, 0x75, 0x5a


addresses = (f"127.0.7.{number}" for number in range(1, 255))


class Device:
    """Call signalling on an address of its own: what each message type is answered with; counts what would ring."""

    def __init__(self, province, answers):
        self.answers = answers
        self.seen = []
        self.ended = 0
        self.host = next(addresses)
        self.listener = socket.create_server((self.host, 1720))
        province.closing.callback(self.listener.close)
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def rings(self):
        return self.seen.count(SETUP)

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        with client:
            buffer = b""
            while piece := client.recv(4096):
                buffer += piece
                while len(buffer) >= 4 and len(buffer) >= (length := struct.unpack(">H", buffer[2:4])[0]):
                    kind = buffer[8]
                    self.seen.append(kind)
                    buffer = buffer[length:]
                    answer = self.answers.get(kind)
                    if answer == b"":
                        return
                    if answer:
                        client.sendall(answer)
            self.ended += 1


class Gatekeeper:
    """RAS by UDP: GRQ is confirmed, LRQ answered by the alias's last digit."""

    def __init__(self, province, registered=lambda digit: digit % 2 == 0, reject=b"\x40"):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.host = next(addresses)
        self.socket.bind((self.host, 1719))
        self.registered, self.reject = registered, reject
        province.closing.callback(self.socket.close)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                request, sender = self.socket.recvfrom(2048)
            except OSError:
                return
            number = request[2:4]
            if request[0] == 0x00:
                answer = CONFIRM[:2] + number + CONFIRM[4:]
            elif self.registered((request[8] & 15) - 3):
                answer = b"\x4c" + number + bytes.fromhex("000a141f0a06b8000a141f0a06b7")
            else:
                answer = b"\x50" + number + self.reject
            # RAS goes where the question says.
            address, port = request[-8:-2] if request[0] == 0 else request[-6:], None
            host, port = socket.inet_ntoa(address[:4]), struct.unpack(">H", address[4:6])[0]
            if (host, port) != sender:
                raise Wrong(f"asked from {sender}, to be answered at {(host, port)}")
            self.socket.sendto(answer, sender)


def recorded(file):
    """The first answers of the callee in a recorded call, by name, as tshark finds them."""
    done = subprocess.run(
        ["tshark", "-r", file, "-Y", "h225.h323_message_body && tcp.srcport == 1720", "-T", "fields", "-e",
         "h225.h323_message_body", "-e", "tcp.payload", "-e", "h225.productId", "-e", "h225.versionId", "-e",
         "h225.manufacturerCode"], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [(name, bytes.fromhex(payload), product, version, code) for name, payload, product, version, code in rows]
