"""Answers SIP OPTIONS by UDP on port 5060 of every address of its network, as the lab's stand-in codec does.

A stand-in: kamailio wants a process for each address. The answer leaves from the address that was asked.
"""

import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "deploy/lab"))
sys.dont_write_bytecode = True
import sip

IP_PKTINFO = 8


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        opened.bind(("0.0.0.0", 5060))
        while True:
            request, ancillary, _, sender = opened.recvmsg(65535, socket.CMSG_SPACE(12))
            answer = sip.answer(request, sender, "stand-in")
            # struct in_pktinfo: the interface's number, the address to answer from, the one that was asked.
            asked = next((data[8:12] for level, kind, data in ancillary if (level, kind) == (socket.IPPROTO_IP, IP_PKTINFO)), None)
            if answer and asked:
                opened.sendmsg([answer], [(socket.IPPROTO_IP, IP_PKTINFO, bytes(4) + asked + bytes(4))], 0, sender)


main()
