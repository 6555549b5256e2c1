"""UDP services of one host: time (123), a sink for log lines (514), and the far end of a voice call (5004)."""

import selectors
import socket
import struct
import time

NTP_EPOCH_OFFSET = 2_208_988_800


def answer_time(message):
    """An NTP version 4 server answer; echoes the client's transmit time."""
    now = time.time() + NTP_EPOCH_OFFSET
    stamp = struct.pack("!II", int(now), int(now % 1 * 2**32))
    return struct.pack("!BBbb", 0x24, 2, 6, -20) + b"\0" * 8 + b"LAB\0" + stamp + message[40:48].ljust(8, b"\0") + stamp + stamp


def main():
    answers = {123: answer_time, 514: lambda message: None, 5004: lambda message: message}
    selector = selectors.DefaultSelector()
    for port, answer in answers.items():
        sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        sock.bind(("::", port))
        selector.register(sock, selectors.EVENT_READ, answer)
    while True:
        for key, _ in selector.select():
            try:
                message, peer = key.fileobj.recvfrom(2048)
                reply = key.data(message)
                if reply:
                    key.fileobj.sendto(reply, peer)
            except OSError:
                pass  # A late ICMP error of an earlier answer.


main()
