"""Small helpers around sockets that benign and malicious programs share."""

import base64
import errno
import http.client
import random
import socket
import ssl
import struct
import time


class PortBlock:
    """Hands out the local ports of one activity, each once, and may be shared by threads."""

    def __init__(self, first, last):
        self.first = first
        self._ports = iter(range(first, last + 1))

    def bind(self, sock):
        """Binds the socket to the next free port of the block."""
        for port in self._ports:
            try:
                sock.bind(("", port))
                return port
            except OSError as problem:
                if problem.errno != errno.EADDRINUSE:
                    raise
        raise RuntimeError("the activity has used up its local ports")

    def take(self):
        """The next port, for programs that bind by themselves."""
        return next(self._ports)


def family_of(address):
    """The address family of a numeric address."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def connect(address, port, block=None, timeout=8.0, receive_buffer=None):
    """A TCP connection, from the next port of the block or from a port of the system's choice."""
    sock = socket.socket(family_of(address), socket.SOCK_STREAM)
    try:
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if block:
            block.bind(sock)
        sock.settimeout(timeout)
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock


def connect_web(address, tls, block=None, timeout=15.0):
    """An open HTTP/1.1 connection that is never reopened behind our back."""
    sock = connect(address, 443 if tls else 80, block, timeout)
    if tls:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        try:
            sock = context.wrap_socket(sock, server_hostname="www.lab.test")
        except BaseException:
            sock.close()
            raise
    connection = http.client.HTTPConnection(address, timeout=timeout)
    connection.auto_open = 0
    connection.sock = sock
    return connection


def abort(sock):
    """Closes with a reset instead of a FIN."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass  # The peer was first; closing is all that is left.
    sock.close()


RECORD_TYPES = {"A": 1, "MX": 15, "TXT": 16, "AAAA": 28}


def dns_query(name, kind, rng, extended=True):
    """The bytes of a DNS query, by default with an EDNS record as stub resolvers send it."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    question = labels + b"\0" + struct.pack("!HH", RECORD_TYPES[kind], 1)
    header = struct.pack("!6H", rng.randrange(65_536), 0x0120, 1, 0, 0, 1 if extended else 0)
    return header + question + (b"\0" + struct.pack("!HHIH", 41, 1232, 0, 0) if extended else b"")


def encoded(rng, size):
    """Random text of DNS label characters, as tools that hide data in names make it."""
    return base64.b32encode(rng.randbytes(size)).decode().rstrip("=").lower()


def exchange(sock, message, timeout=3.0):
    """Sends a datagram on a connected socket and waits for one answer; tells whether it came."""
    sock.settimeout(timeout)
    try:
        sock.send(message)
        sock.recv(4096)
        return True
    except (TimeoutError, ConnectionError):
        return False


def pause(rng: random.Random, mean, low=0.0, high=60.0):
    """Sleeps for an exponentially distributed time within bounds, in seconds."""
    time.sleep(min(high, max(low, rng.expovariate(1 / mean))))
