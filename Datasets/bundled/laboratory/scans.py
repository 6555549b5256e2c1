"""Port scans: nmap with raw packets, and a scanner that opens connections and reads banners.

Each function returns the facts for the ground truth; `flows` is the number of flows it must have made.
"""

import socket
import subprocess
import time

from .sockets import abort, connect

KNOWN_PORTS = (21, 22, 23, 25, 53, 80, 110, 111, 123, 135, 139, 143, 161, 389, 443, 445, 514, 587, 993, 995, 1433, 1521, 1900, 3306,
               3389, 5004, 5060, 5432, 5900, 6379, 8080, 8443, 9200, 11211, 27017)


def choose_ports(task):
    """The well-known ports and random ones, in random order."""
    count = task.settings["ports"]
    ports = set(task.rng.sample(KNOWN_PORTS, min(len(KNOWN_PORTS), count // 2 + 1)))
    while len(ports) < count:
        ports.add(task.rng.randrange(1, 10_000))
    ports = sorted(ports)
    task.rng.shuffle(ports)
    return ports


def run_nmap(task, scan, ports, rate):
    """One run of nmap over the ports, from one local port."""
    command = ["nmap", scan, "-Pn", "-n", "--send-ip", "--max-retries", "1", "--max-rate", str(rate), "--host-timeout", "40s",
               "--source-port", str(task.block.take()), "-p", ",".join(map(str, sorted(ports))), task.target]
    if ":" in task.target:
        command.insert(1, "-6")
    subprocess.run(command, check=True, timeout=60)


def nmap(task):
    """A TCP scan with raw packets (half-open, FIN, null or Xmas) in two runs of different speed."""
    ports = choose_ports(task)
    middle = len(ports) * 2 // 3
    run_nmap(task, task.settings["scan"], ports[:middle], task.settings["rate"])
    time.sleep(task.rng.uniform(0.5, 3))
    run_nmap(task, task.settings["scan"], ports[middle:], max(5, task.settings["rate"] // 3))
    return {"tool": f"nmap {task.settings['scan']}", "protocol": "tcp", "destination_ports": [], "flows": len(ports)}


def udp_scan(task):
    """A UDP scan with nmap."""
    ports = choose_ports(task)
    run_nmap(task, "-sU", ports, task.settings["rate"])
    return {"tool": "nmap -sU", "protocol": "udp", "destination_ports": [], "flows": len(ports), "unreachable": True}


def connect_scan(task):
    """Opens a connection to each port; where one opens, waits for a banner or asks for one."""
    done = 0
    for port in choose_ports(task):
        if task.over():
            break
        done += 1
        try:
            with connect(task.target, port, task.block, timeout=1.0) as sock:
                if task.rng.random() < task.settings["banner"]:
                    sock.settimeout(task.rng.uniform(0.3, 2.0))
                    if port in (80, 443):
                        sock.send(b"HEAD / HTTP/1.0\r\n\r\n")
                    try:
                        sock.recv(512)
                    except (TimeoutError, ConnectionError):
                        pass  # A silent service.
                if task.rng.random() < 0.5:
                    abort(sock)
                else:
                    sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # A closed port.
        time.sleep(task.rng.expovariate(1 / task.settings["pause"]))
    return {"tool": "connect scan", "protocol": "tcp", "destination_ports": [], "flows": done}
