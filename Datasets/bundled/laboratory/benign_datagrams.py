"""Benign datagrams: name look-ups, time, voice, log lines, ping."""

import socket
import time

from .benign_web import run
from .sockets import dns_query, encoded, exchange, family_of

WORDS = ("mail", "img", "static", "login", "update", "telemetry", "edge", "media", "assets", "push", "search", "video")


def name_to_ask(life):
    """A name and a record type: short names, long ones of content networks, keys in TXT records, some that do not exist."""
    way = life.rng.random()
    if way < 0.4:
        return f"{life.rng.choice(life.scenario.serving('web')).name}.lab.test", life.rng.choice(("A", "AAAA"))
    if way < 0.65:
        label = encoded(life.rng, life.rng.randrange(5, 36))
        return f"{label}.{life.rng.choice(WORDS)}-{life.rng.randrange(99)}.content.test", life.rng.choice(("A", "A", "AAAA"))
    if way < 0.8:
        return f"key{life.rng.randrange(9)}._domainkey.lab.test", "TXT"
    if way < 0.85:
        return "lab.test", "MX"
    return f"{life.rng.choice(WORDS)}{life.rng.randrange(999)}.{life.rng.choice(WORDS)}.test", "A"


def look_up(life):
    """One or several names over one socket, or dig, or dig over TCP."""
    _, address = life.server("dns")
    way = life.rng.random()
    if way < 0.2:
        name, kind = name_to_ask(life)
        run("dig", f"@{address}", "+time=3", "+tries=1", *(("+tcp",) if way < 0.05 else ()), name, kind)
        return
    for _ in range(life.rng.choice((1, 1, 1, 2, 3))):
        with socket.socket(family_of(address), socket.SOCK_DGRAM) as sock:
            sock.connect((address, 53))
            for _ in range(life.rng.choice((1, 1, 1, 1, 2, 2, 3, 6, 12))):
                name, kind = name_to_ask(life)
                exchange(sock, dns_query(name, kind, life.rng, extended=life.rng.random() < 0.7))
                time.sleep(life.rng.expovariate(1 / 0.03))


def ask_time(life):
    """An NTP client, with one question or a few."""
    _, address = life.server("datagrams")
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as sock:
        sock.connect((address, 123))
        for number in range(life.rng.choice((1, 1, 2, 4))):
            exchange(sock, b"\x23" + b"\0" * 39 + life.rng.randbytes(8))
            if number:
                life.think(1.0)


def voice(life):
    """A call: a datagram every few hundredths of a second in both directions, with silences."""
    _, address = life.server("datagrams")
    size, period = life.rng.choice(((80, 0.08), (160, 0.06), (52, 0.1)))
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as sock:
        sock.connect((address, 5004))
        end = time.monotonic() + life.rng.uniform(2, 7)
        while time.monotonic() < end:
            sock.send(b"\x80" + life.rng.randbytes(11 + size - life.rng.choice((0, 0, 0, size // 2))))
            time.sleep(period if life.rng.random() < 0.97 else 0.5)
        time.sleep(1.0)


def log_lines(life):
    """Log lines to a collector that never answers, in bursts."""
    _, address = life.server("datagrams")
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as sock:
        for _ in range(life.rng.choice((1, 2, 5, 12, 25))):
            sock.sendto(b"<30>" + b"x" * life.rng.randrange(40, 900), (address, 514))
            time.sleep(life.rng.expovariate(1 / life.rng.choice((0.005, 0.02, 0.5))))


def ping(life):
    """ping, with packets of several sizes, where ICMP is not evidence of an attack."""
    reserved = life.scenario.datagram_attack_pairs()
    hosts = [host for host in life.peers() if frozenset((host.name, life.host.name)) not in reserved]
    run("ping", "-q", "-n", "-c", str(life.rng.randint(1, 6)), "-i", "0.5", "-s", str(life.rng.choice((56, 56, 200, 1000))), "-W", "2",
        life.address(life.rng.choice(hosts)))
