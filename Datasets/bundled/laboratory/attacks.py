"""Runs one malicious activity in the namespace of its host and writes its line of ground truth.

usage: attacks SPECIFICATION (a JSON file, see conductor)
"""

import json
import random
import sys
import time
import traceback
from dataclasses import dataclass

from . import beacons, floods, guessing, scans, slow_web
from .sockets import PortBlock
from .truth import write_line

KINDS = {
    "nmap": scans.nmap,
    "connect_scan": scans.connect_scan,
    "udp_scan": scans.udp_scan,
    "hping": floods.hping,
    "spoofed_syn_flood": floods.spoofed_syn_flood,
    "udp_flood": floods.udp_flood,
    "http_flood": floods.http_flood,
    "slow_http": slow_web.slow_http,
    "guess_ssh": guessing.guess_ssh,
    "guess_http": guessing.guess_http,
    "guess_ftp": guessing.guess_ftp,
    "beacon_web": beacons.beacon_web,
    "beacon_dns": beacons.beacon_dns,
    "dns_exfiltration": beacons.dns_exfiltration,
}


@dataclass
class Task:
    """What an attack gets: whom to attack, with which settings, local ports and random numbers, and until when."""

    source: str
    target: str
    settings: dict
    block: PortBlock | None
    rng: random.Random
    deadline: float
    work: str

    def over(self):
        """Whether the time of the activity is used up."""
        return time.monotonic() >= self.deadline


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        specification = json.load(file)
    ports = specification["ports"]
    task = Task(specification["source"], specification["target"], specification["settings"],
                PortBlock(*ports) if ports else None, random.Random(specification["seed"]),
                time.monotonic() + specification["seconds"], specification["work"])
    start = time.time()
    facts = KINDS[specification["kind"]](task)
    write_line(specification["truth"], activity=specification["name"], label=specification["label"], tool=facts.pop("tool"),
               start=round(start, 6), end=round(time.time(), 6), host=specification["host"],
               source=facts.pop("source", [task.source]), source_ports=[f"{ports[0]}-{ports[1]}"] if ports else [],
               destination=[task.target], lossy=specification["lossy"], **facts)


if __name__ == "__main__":
    try:
        main()
    except Exception:
        traceback.print_exc()
        sys.exit(1)
