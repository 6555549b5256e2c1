"""Benign sessions: ssh with commands and copies, FTP, checks whether a service is up, and addresses that do not answer."""

import ftplib
import io
import socket
import subprocess
import time

from .benign_web import upload_file
from .services import PASSWORD, USER, lognormal_bytes
from .sockets import abort, connect, family_of, pause
from .ssh_client import ssh_options

COMMANDS = ("id", "uptime", "ls -l /usr/bin | head -100", "ps aux", "cat /etc/services", "df -h; free -m", "true",
            "head -c 8000 /dev/urandom | base64")


def quiet(command, environment, **how):
    """Runs a client program for at most 40 seconds."""
    subprocess.run(["timeout", "40", *command], env=environment, check=False, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, start_new_session=True, **how)


def type_commands(life, command, environment):
    """A session at a terminal: commands typed with time to think."""
    with subprocess.Popen(["timeout", "60", *command], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, start_new_session=True) as client:
        try:
            for _ in range(life.rng.randint(1, 6)):
                for piece in (life.rng.choice(COMMANDS), "\n"):
                    client.stdin.write(piece.encode())
                    client.stdin.flush()
                    pause(life.rng, 0.4, high=2.0)
                life.think()
            client.stdin.write(b"exit\n")
            client.stdin.close()
        except BrokenPipeError:
            pass  # The session ended early.


def ssh(life):
    """One use of ssh: a command, a session, a copy up or down; by key, or by a password that may be mistyped."""
    _, address = life.server("ssh")
    way = life.rng.choice(("command", "command", "password", "mistyped", "session", "up", "down"))
    options, environment = ssh_options(life.work)
    place = f"{USER}@{address}"
    if way == "command":
        quiet(["ssh", *options, place, life.rng.choice(COMMANDS)], environment, stdin=subprocess.DEVNULL)
    elif way in ("password", "mistyped"):
        passwords = ([PASSWORD + "x"] * life.rng.randint(1, 2) if way == "mistyped" else []) + [PASSWORD] * (life.rng.random() < 0.8)
        for password in passwords:
            options, environment = ssh_options(life.work, password=password)
            quiet(["ssh", *options, place, life.rng.choice(COMMANDS)], environment, stdin=subprocess.DEVNULL)
    elif way == "session":
        type_commands(life, ["ssh", "-tt", *options, place], environment)
    else:
        far = f"{USER}@{f'[{address}]' if ':' in address else address}"
        pair = [upload_file(life), f"{far}:copy-{life.host.name}"] if way == "up" else [f"{far}:file{life.rng.randrange(4)}", "/dev/null"]
        quiet(["scp", "-q", *options, *pair], environment, stdin=subprocess.DEVNULL)


def ftp(life):
    """A session with listings, downloads and uploads; now and then the password is wrong at first."""
    if not life.servers("ftp"):
        return
    _, address = life.server("ftp")
    with ftplib.FTP(timeout=15) as client:
        client.connect(address)
        if life.rng.random() < 0.2:
            try:
                client.login(USER, "wrong")
            except ftplib.error_perm:
                pass
            if life.rng.random() < 0.4:
                return
        client.login(USER, PASSWORD)
        for _ in range(life.rng.randint(0, 3)):
            way = life.rng.choice(("list", "down", "up"))
            if way == "list":
                client.retrlines("LIST", lambda line: None)
            elif way == "down":
                client.retrbinary(f"RETR file{life.rng.randrange(4)}", lambda data: None)
            else:
                size = lognormal_bytes(life.rng, 9_000, 1.0, 50, 120_000)
                client.storbinary(f"STOR upload-{life.host.name}", io.BytesIO(life.rng.randbytes(size)))
            life.think(1.0)
        client.quit()


def probe(life):
    """Is the service up? Opens a connection, perhaps reads the greeting, and closes."""
    service, ports = life.rng.choice((("web", (80, 443)), ("ssh", (22,)), ("ftp", (21,)), ("dns", (53,))))
    if not life.servers(service):
        return
    _, address = life.server(service)
    with connect(address, life.rng.choice(ports)) as sock:
        if service in ("ssh", "ftp") and life.rng.random() < 0.5:
            sock.recv(256)
        time.sleep(life.rng.choice((0, 0, 0.05, 0.5)))
        if life.rng.random() < 0.4:
            abort(sock)


def missing(life):
    """Services that are not there: refused connections, and an address that never answers."""
    if life.rng.random() < 0.6:
        host = life.rng.choice(life.peers())
        for _ in range(life.rng.randint(1, 3)):
            try:
                connect(life.address(host), life.rng.choice((8080, 8443, 5432, 445, 631, 9100)), timeout=2).close()
            except OSError:
                pass
            time.sleep(life.rng.uniform(0.1, 1.0))
        return
    if life.host.round_trip is not None:
        return
    with socket.socket(family_of(life.scenario.unanswered_ipv4), socket.SOCK_STREAM) as sock:
        sock.settimeout(life.rng.uniform(0.3, 8.0))
        try:
            sock.connect((life.scenario.unanswered_ipv4, life.rng.choice((80, 443, 993))))
        except TimeoutError:
            pass
