"""Conducts one recording: builds the laboratory, starts everything at its time, stops it, writes the files."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import network, services
from .rules import rules_text
from .scenarios import FIRST_ATTACK_PORT, LAST_ATTACK_PORT, SCENARIOS
from .ssh_client import write_askpass
from .truth import read_lines

SNAP_LENGTH = 100  # Ethernet, IPv4 and the longest TCP header need 94 bytes, IPv6 and the usual TCP header 86.
LEAD_SECONDS = 2.0
TAIL_SECONDS = 25.0


class Conductor:
    """Holds the processes of one recording."""

    def __init__(self, scenario, output, work):
        self.scenario = scenario
        self.output = output
        self.work = work
        self.truth = work / "truth.jsonl"
        self.capture = work / "capture.pcap"
        self.background = []
        self.activities = []

    def prepare_mounts(self):
        """Private directories for what programs keep outside the work folder."""
        for folder in ("/run", "/var/lib/nginx", "/etc/netns"):
            if os.path.isdir(folder):
                network.run("mount", "-t", "tmpfs", "tmpfs", folder)
        os.makedirs("/run/netns")

    def start_capture(self):
        """tcpdump on the bridge: every packet of the local network passes it once."""
        command = ["tcpdump", "-i", network.BRIDGE, "-n", "-s", str(SNAP_LENGTH), "-B", "16384", "-w", str(self.capture), "-Z", "root"]
        log = open(self.work / "tcpdump.log", "wb")
        self.tcpdump = subprocess.Popen(network.inside(network.ROUTER, *command), stderr=log, stdout=log)
        end = time.monotonic() + 10
        while not self.capture.exists() and time.monotonic() < end:
            time.sleep(0.1)

    def launch(self, module, name, host, specification):
        """Starts a module of the laboratory on a host, with its specification and log in files."""
        path = self.work / f"{name}.json"
        path.write_text(json.dumps(specification), encoding="utf-8")
        with open(self.work / f"{name}.log", "wb") as log:
            command = network.inside(host, sys.executable, "-m", f"laboratory.{module}", str(path))
            self.activities.append((name, subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)))

    def attack_specifications(self):
        """The attacks in order of time, each with its own block of local ports."""
        next_port = FIRST_ATTACK_PORT
        for number, attack in enumerate(sorted(self.scenario.attacks, key=lambda attack: attack.at)):
            ports = [next_port, next_port + attack.ports - 1] if attack.ports else None
            next_port += attack.ports
            if next_port > LAST_ATTACK_PORT + 1:
                raise RuntimeError("the attacks ask for more local ports than there are")
            source, target = self.scenario.host(attack.host), self.scenario.host(attack.target)
            name = f"{attack.kind.replace('_', '-')}-{number + 1:02}-{attack.host}-to-{attack.target}"
            yield attack, {
                "kind": attack.kind, "label": attack.label, "name": name, "host": attack.host, "ports": ports,
                "source": source.address(attack.family), "target": target.address(attack.family),
                "lossy": source.round_trip is not None, "settings": attack.settings, "seconds": attack.seconds,
                "seed": self.scenario.seed * 1_000 + number,
                "truth": str(self.truth), "work": str(self.work),
            }

    def perform(self):
        """Benign life everywhere, attacks at their times, then patience until all have ended."""
        start = time.monotonic()
        for number, host in enumerate(self.scenario.hosts):
            self.launch("benign", f"benign-{host.name}", host.name, {
                "scenario": self.scenario.letter, "host": host.name, "seconds": self.scenario.seconds, "seed": self.scenario.seed + number,
                "truth": str(self.truth), "work": str(self.work)})
        for attack, specification in self.attack_specifications():
            time.sleep(max(0.0, start + attack.at - time.monotonic()))
            self.launch("attacks", specification["name"], attack.host, specification)
        end = start + self.scenario.seconds + TAIL_SECONDS
        for name, process in self.activities:
            try:
                status = process.wait(timeout=max(1.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                status = "still running"
            if status != 0:
                raise RuntimeError(f"{name}: {status}\n{(self.work / f'{name}.log').read_text(encoding='utf-8', errors='replace')[-2000:]}")
        for name, process in self.background:
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended before its time")

    def finish_capture(self):
        """Stops tcpdump; a recording with lost packets is not used."""
        time.sleep(LEAD_SECONDS)
        self.tcpdump.send_signal(signal.SIGINT)
        self.tcpdump.wait(timeout=20)
        report = (self.work / "tcpdump.log").read_text(encoding="utf-8")
        if "\n0 packets dropped by kernel" not in report:
            raise RuntimeError(f"tcpdump lost packets:\n{report}")

    def write_files(self):
        """Capture, ground truth and label rules, each put in place whole."""
        stem = f"recording-{self.scenario.letter}"
        lines = read_lines(self.truth)
        texts = {f"{stem}.truth.jsonl": "".join(json.dumps(line) + "\n" for line in lines),
                 f"{stem}.rules.yaml": rules_text(self.scenario, lines)}
        shutil.copyfile(self.capture, self.output / f".{stem}.pcap")
        os.replace(self.output / f".{stem}.pcap", self.output / f"{stem}.pcap")
        for name, text in texts.items():
            (self.output / f".{name}").write_text(text, encoding="utf-8")
            os.replace(self.output / f".{name}", self.output / name)

    def stop(self):
        """Ends every process that is left."""
        for _, process in self.activities + self.background:
            if process.poll() is None:
                process.terminate()

    def record(self):
        """The whole recording."""
        self.prepare_mounts()
        try:
            self.background += [("wide area link", link) for link in network.build(self.scenario)]
            write_askpass(self.work)
            self.background += services.start(self.scenario, self.work)
            time.sleep(LEAD_SECONDS)
            self.start_capture()
            time.sleep(LEAD_SECONDS)
            self.perform()
            self.finish_capture()
            self.write_files()
        finally:
            self.stop()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    letter, output, work = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    Conductor(SCENARIOS[letter], output, work).record()
