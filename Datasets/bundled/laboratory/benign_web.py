"""Benign use of the web: browsing, downloads, polling, signing in, streaming, slow and hasty clients."""

import base64
import socket
import subprocess
import time

from .services import API, ASSETS, LARGE, PAGES, PASSWORD, USER, lognormal_bytes
from .sockets import abort, connect, connect_web

AGENTS = ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36")


def read_path(connection, path, agent):
    """One GET over an open connection."""
    connection.request("GET", path, headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    return len(connection.getresponse().read())


def browse(life):
    """A visit as a browser makes it: a name look-up, a few connections, pages with assets, time to read."""
    host, address = life.server("web")
    if life.rng.random() < 0.6:
        socket.getaddrinfo(f"{host.name}.lab.test", 80, type=socket.SOCK_STREAM)
    tls = life.rng.random() < life.scenario.tls_share
    agent = life.rng.choice(AGENTS)
    connections = [connect_web(address, tls) for _ in range(life.rng.choice((1, 1, 2, 2, 3, 4)))]
    sockets = [connection.sock for connection in connections]
    try:
        for _ in range(life.rng.choice((1, 1, 1, 2))):
            read_path(connections[0], f"/page/{life.rng.randrange(PAGES + 1)}.html", agent)
            for number in range(life.rng.randrange(0, 4)):
                read_path(connections[number % len(connections)], f"/asset/{life.rng.randrange(ASSETS + 2)}.bin", agent)
                time.sleep(life.rng.expovariate(1 / 0.02))
            life.think()
        if life.rng.random() < 0.25:
            life.think(life.scenario.keep_alive_seconds / 2)
    finally:
        for sock in sockets:
            abort(sock) if life.rng.random() < 0.12 else sock.close()


def url(life, address, path, tls_share=None):
    """An address in the form that curl and wget take."""
    scheme = "https" if life.rng.random() < (life.scenario.tls_share if tls_share is None else tls_share) else "http"
    return f"{scheme}://{f'[{address}]' if ':' in address else address}{path}"


def run(*command, seconds=45):
    """Runs a client program, whose failure is a normal event."""
    subprocess.run(command, check=False, timeout=seconds, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def upload_file(life):
    """A file of random content and size to upload."""
    path = f"{life.work}/upload-{life.host.name}-{life.rng.getrandbits(40):x}"
    with open(path, "wb") as file:
        file.write(life.rng.randbytes(lognormal_bytes(life.rng, life.scenario.large_bytes / 4, 1.0, 200, 250_000)))
    return path


def fetch(life):
    """curl or wget: a page or a large file, a mirror of a few pages, or an upload."""
    _, address = life.server("web")
    large = f"/large/{life.rng.randrange(LARGE)}.bin"
    page = f"/page/{life.rng.randrange(PAGES)}.html"
    way = life.rng.choice(("curl", "curl", "wget", "wget-many", "upload", "large"))
    if way == "curl":
        run("curl", "-sk", "-o", "/dev/null", url(life, address, page))
    elif way == "large":
        run("curl", "-sk", "-o", "/dev/null", "--limit-rate", f"{life.rng.randrange(40, 400)}k", url(life, address, large))
    elif way == "wget":
        run("wget", "-q", "-O", "/dev/null", "--no-check-certificate", url(life, address, page))
    elif way == "wget-many":
        addresses = [url(life, address, f"/asset/{life.rng.randrange(ASSETS)}.bin", 0) for _ in range(life.rng.randrange(2, 7))]
        run("wget", "-q", "-O", "/dev/null", *life.rng.choice(((), ("--no-http-keep-alive",))), *addresses)
    else:
        run("curl", "-sk", "-o", "/dev/null", "-T", upload_file(life), url(life, address, f"/upload/{life.rng.getrandbits(40):x}"))


def poll(life):
    """A program that asks for news at regular times over a new connection, or reports something."""
    low, high = life.scenario.poll_seconds
    if not hasattr(life, "poll_plan"):
        life.poll_plan = (life.server("web")[1], life.rng.uniform(low, high), life.rng.uniform(0.02, 0.3))
    address, period, jitter = life.poll_plan
    if life.rng.random() < 0.3:
        body = base64.b64encode(life.rng.randbytes(life.rng.randrange(20, 1_100))).decode()
        run("curl", "-sk", "-o", "/dev/null", "--data-binary", body, url(life, address, "/collect"))
    else:
        run("curl", "-sk", "-o", "/dev/null", url(life, address, f"/api/{life.rng.randrange(API + 1)}.json?since={int(time.time())}"))
    time.sleep(max(0.0, min(period * (1 + life.rng.uniform(-jitter, jitter)), life.deadline - time.monotonic())))


def heartbeat(life):
    """A connection that stays open, with a small request now and then."""
    _, address = life.server("web")
    connection = connect_web(address, life.rng.random() < life.scenario.tls_share)
    sock = connection.sock
    try:
        for _ in range(life.rng.randint(2, 9)):
            connection.request("POST", "/collect", body=life.rng.randbytes(life.rng.randrange(20, 400)))
            connection.getresponse().read()
            life.think(life.rng.uniform(1.0, 5.0))
    finally:
        sock.close()


def sign_in(life):
    """A protected page: refused without credentials, sometimes once with a wrong password, then read."""
    _, address = life.server("web")
    connection = connect_web(address, life.rng.random() < life.scenario.tls_share)
    sock = connection.sock
    try:
        passwords = [None] + ["Correct horse 7"] * life.rng.choice((0, 0, 0, 1, 2)) + [PASSWORD] * life.rng.randint(1, 3)
        for password in passwords:
            headers = {"User-Agent": life.rng.choice(AGENTS)}
            if password:
                headers["Authorization"] = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
            connection.request("GET", "/private/report.html", headers=headers)
            connection.getresponse().read()
            life.think(1.0 if life.rng.random() < 0.6 else 0.1)
    finally:
        sock.close()


def stream(life):
    """A download that the server paces, as video players see it."""
    _, address = life.server("web")
    path = f"/stream/{life.rng.randrange(LARGE)}.bin"
    run("curl", "-sk", "-o", "/dev/null", "--max-time", str(life.rng.randint(2, 6)), url(life, address, path))


def unhurried(life):
    """Clients on bad lines or with idle connections: slow uploads, slow reads, connections opened ahead of need."""
    _, address = life.server("web")
    way = life.rng.choice(("idle", "idle", "slow-upload", "slow-read", "slow-header"))
    if way in ("slow-upload", "slow-read"):
        rate, seconds = life.rng.randrange(500, 9_000), life.rng.randint(6, 30)
        slowly = ["curl", "-sk", "-o", "/dev/null", "--limit-rate", str(rate), "--max-time", str(seconds)]
        if way == "slow-upload":
            run(*slowly, "-T", upload_file(life), url(life, address, f"/upload/{life.rng.getrandbits(40):x}", 0.2))
        else:
            run(*slowly, url(life, address, f"/page/{life.rng.randrange(PAGES)}.html", 0.2))
    else:
        with connect(address, 80) as sock:
            if way == "slow-header":
                for line in ("GET /api/0.json HTTP/1.1", "Host: www.lab.test", "User-Agent: terminal", "Connection: close\r\n"):
                    sock.sendall(f"{line}\r\n".encode())
                    life.think(1.5)
                sock.recv(2_048)
            else:
                life.think(8.0)
                if life.rng.random() < 0.5:
                    sock.sendall(b"GET /api/1.json HTTP/1.1\r\nHost: www.lab.test\r\nConnection: close\r\n\r\n")
                    sock.recv(2_048)


def hasty(life):
    """A crawler or a program without connection reuse: many short connections in a row."""
    _, address = life.server("web")
    for _ in range(life.rng.randrange(6, 15)):
        if life.over():
            return
        connection = connect_web(address, life.rng.random() < 0.2)
        sock = connection.sock
        try:
            for _ in range(life.rng.choice((1, 1, 1, 2, 4))):
                read_path(connection, f"/page/{life.rng.randrange(PAGES + 4)}.html", "crawler/1.0")
        finally:
            sock.close()
        time.sleep(life.rng.expovariate(1 / 0.1))
