"""Runs all benign activities of one host until the recording ends, each in a thread, and writes their ground truth.

usage: benign SPECIFICATION (a JSON file, see conductor)
"""

import json
import random
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

from . import benign_datagrams, benign_sessions, benign_web
from .scenarios import SCENARIOS
from .sockets import pause
from .truth import write_line

# name: (function, mean pause between two rounds in seconds, most rounds)
ACTIVITIES = {
    "browse-1": (benign_web.browse, 4.5, 100),
    "browse-2": (benign_web.browse, 11.0, 50),
    "fetch": (benign_web.fetch, 13.0, 40),
    "poll": (benign_web.poll, 1.0, 120),
    "heartbeat": (benign_web.heartbeat, 12.0, 20),
    "sign-in": (benign_web.sign_in, 14.0, 25),
    "stream": (benign_web.stream, 80.0, 4),
    "unhurried": (benign_web.unhurried, 16.0, 20),
    "hasty": (benign_web.hasty, 90.0, 4),
    "look-up": (benign_datagrams.look_up, 2.8, 120),
    "time": (benign_datagrams.ask_time, 10.0, 30),
    "voice": (benign_datagrams.voice, 120.0, 2),
    "log-lines": (benign_datagrams.log_lines, 16.0, 20),
    "ping": (benign_datagrams.ping, 20.0, 12),
    "probe": (benign_sessions.probe, 5.0, 60),
    "missing": (benign_sessions.missing, 14.0, 25),
    "ssh": (benign_sessions.ssh, 16.0, 16),
    "ftp": (benign_sessions.ftp, 22.0, 12),
}


class Life:
    """What a benign activity knows: its host, the laboratory, its random numbers and its time."""

    def __init__(self, scenario, host, work, seed, deadline):
        self.scenario = scenario
        self.host = host
        self.work = work
        self.rng = random.Random(seed)
        self.deadline = deadline

    def over(self):
        """Whether the recording is about to end."""
        return time.monotonic() >= self.deadline

    def peers(self):
        """The hosts to talk to: all others, but no remote one from a remote one, which would not cross the recorded network."""
        remote = self.host.round_trip is not None
        return [host for host in self.scenario.hosts if host.name != self.host.name and not (remote and host.round_trip)]

    def servers(self, service):
        """The peers that run the service."""
        return [host for host in self.peers() if service in host.services]

    def server(self, service):
        """A peer that runs the service, and its address in a family chosen at random."""
        host = self.rng.choice(self.servers(service))
        return host, self.address(host)

    def address(self, host):
        """An address of the host."""
        return host.ipv6 if self.rng.random() < self.scenario.ipv6_share else host.ipv4

    def think(self, mean=None):
        """A pause as a person makes it."""
        pause(self.rng, mean or self.scenario.think_seconds, high=max(0.0, min(30.0, self.deadline - time.monotonic())))


def live(name, life, truth):
    """Repeats one activity until the end; a round that fails is a normal event and counted."""
    function, mean_pause, most = ACTIVITIES[name]
    start, rounds, failures = time.time(), 0, 0
    life.think(mean_pause / 2)
    while rounds < most and not life.over():
        rounds += 1
        try:
            function(life)
        except (OSError, ValueError, EOFError) as problem:
            failures += 1
            print(f"{name}: {type(problem).__name__}: {problem}", file=sys.stderr)
        life.think(mean_pause * life.scenario.pace)
    write_line(truth, activity=f"{life.host.name}-{name}", label="benign", tool=name, start=round(start, 6), end=round(time.time(), 6),
               host=life.host.name, source=[life.host.ipv4, life.host.ipv6], source_ports=["32768-60999"], destination=[],
               destination_ports=[], protocol="any", rounds=rounds, failures=failures)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        specification = json.load(file)
    scenario = SCENARIOS[specification["scenario"]]
    deadline = time.monotonic() + specification["seconds"]
    with ThreadPoolExecutor(len(ACTIVITIES)) as pool:
        results = []
        for number, name in enumerate(ACTIVITIES):
            seed = specification["seed"] * 100 + number
            life = Life(scenario, scenario.host(specification["host"]), specification["work"], seed, deadline)
            results.append(pool.submit(live, name, life, specification["truth"]))
        for result in results:
            result.result()


if __name__ == "__main__":
    try:
        main()
    except Exception:
        traceback.print_exc()
        sys.exit(1)
