#!/usr/bin/env python3
"""Checks a bundled recording against its label rules and its ground truth: check.py RECORDING...

RECORDING is a path without suffix (Datasets/bundled/recording-a): .pcap, .rules.yaml and .truth.jsonl are read.
Groups packets into bidirectional flows (idle for 120 s, or a SYN after the connection was closed, starts a new one),
applies the rules, prints flows and packets per class, and ends with exit code 1 when a label is doubtful:

- every malicious activity has as many flows as it opened connections, and they carry its label;
- no malicious flow uses a local port of benign programs, no benign flow a port reserved for attacks;
- ICMP that is labeled as evidence of an attack quotes only packets of that attack;
- every host has benign and malicious flows that overlap in time.
"""

import collections
import ipaddress
import json
import math
import struct
import sys
from datetime import datetime

IDLE_SECONDS = 120.0
RESERVED_PORTS = range(10_000, 32_000)
PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58, "sctp": 132}
FIN, SYN, RST, ACK = 1, 2, 4, 16


class Flow:
    """One flow: both ends as the first packet had them, and what the checks need."""

    def __init__(self, protocol, source, source_port, destination, destination_port, start):
        self.protocol, self.start, self.last = protocol, start, start
        self.source, self.source_port = source, source_port
        self.destination, self.destination_port = destination, destination_port
        self.packets = 0
        self.closed = False
        self.fins = set()
        self.quoted = []
        self.label = None
        self.rule = None


def read_packets(path):
    """Time, and the captured bytes behind the Ethernet header, of every IP packet; counts the others."""
    with open(path, "rb") as file:
        magic, _, _, _, _, _, link = struct.unpack("<IHHiIII", file.read(24))
        if magic != 0xA1B2C3D4 or link != 1:
            sys.exit(f"{path}: not a little-endian classic pcap of Ethernet with microseconds")
        while header := file.read(16):
            seconds, micros, captured, _ = struct.unpack("<IIII", header)
            yield seconds + micros / 1e6, file.read(captured)


def decode(frame):
    """(protocol, source, source port, destination, destination port, TCP flags, rest) or None when not IP."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    packet = frame[14:]
    if kind == 0x0800:
        protocol, source, destination = packet[9], packet[12:16], packet[16:20]
        payload = packet[(packet[0] & 15) * 4:]
    elif kind == 0x86DD:
        protocol, source, destination = packet[6], packet[8:24], packet[24:40]
        payload = packet[40:]
        while protocol in (0, 43, 60):  # Hop-by-hop, routing and destination options.
            protocol, payload = payload[0], payload[(payload[1] + 1) * 8:]
    else:
        return None
    ports = struct.unpack_from("!HH", payload) if protocol in (6, 17) else (0, 0)
    flags = payload[13] if protocol == 6 else 0
    return protocol, source, ports[0], destination, ports[1], flags, payload


def read_flows(path):
    """All flows of a capture, in order of their start, and the number of packets that are not IP."""
    table, flows, others = {}, [], 0
    for time, frame in read_packets(path):
        decoded = decode(frame)
        if decoded is None:
            others += 1
            continue
        protocol, source, source_port, destination, destination_port, flags, payload = decoded
        key = (protocol, *sorted(((source, source_port), (destination, destination_port))))
        flow = table.get(key)
        if flow is None or time - flow.last > IDLE_SECONDS or (flow.closed and flags & (SYN | ACK) == SYN):
            flow = table[key] = Flow(protocol, source, source_port, destination, destination_port, time)
            if flags & (SYN | ACK) == SYN | ACK:
                flow.source, flow.source_port, flow.destination, flow.destination_port = destination, destination_port, source, source_port
            flows.append(flow)
        flow.packets += 1
        flow.last = max(flow.last, time)
        if flags & FIN:
            flow.fins.add((source, source_port))
        elif flags & ACK and len(flow.fins) == 2:
            flow.closed = True
        if flags & RST:
            flow.closed = True
        if protocol == 1:
            flow.quoted.append(payload[8:] if payload[0] == 3 else None)
    return flows, others


def scalar_list(text):
    """The items of a one-line YAML list."""
    return [item.strip().strip('"') for item in text.strip("[] ").split(",") if item.strip()]


class Rule:
    """One rule of a label rule file, ready to test."""

    def __init__(self, fields):
        self.name, self.label = fields["name"], fields["label"]
        self.begin, self.end = (datetime.fromisoformat(fields[key].replace("Z", "+00:00")).timestamp() for key in ("from", "to"))
        self.protocol = PROTOCOLS[fields["protocol"]]
        self.sides = [(self.networks(fields, side), self.ranges(fields, f"{side}_ports")) for side in ("source", "destination")]
        self.either = fields.get("direction", "either") == "either"
        self.flows = 0

    @staticmethod
    def networks(fields, key):
        return [ipaddress.ip_network(item) for item in scalar_list(fields.get(key, ""))]

    @staticmethod
    def ranges(fields, key):
        pairs = [item.split("-") for item in scalar_list(fields.get(key, ""))]
        return [range(int(pair[0]), int(pair[-1]) + 1) for pair in pairs]

    def matches(self, flow):
        """Whether the rule applies to the flow."""
        if flow.protocol != self.protocol or not self.begin <= flow.start <= self.end:
            return False
        ends = [(flow.source, flow.source_port), (flow.destination, flow.destination_port)]
        return self.fits(ends) or (self.either and self.fits(ends[::-1]))

    def fits(self, ends):
        for (address, port), (networks, ranges) in zip(ends, self.sides):
            if networks and not any(ipaddress.ip_address(address) in network for network in networks):
                return False
            if ranges and not any(port in ports for ports in ranges):
                return False
        return True


def read_rules(path):
    """The default label and the rules; understands the subset of YAML that the laboratory writes."""
    default, fields = None, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            text = line.split(" #")[0].strip()
            if not text or text.startswith("#"):
                continue
            if text.startswith("- "):
                fields.append({})
                text = text[2:]
            key, value = text.split(":", 1)
            if fields:
                fields[-1][key] = value.strip()
            elif key == "default":
                default = value.strip()
    return default, [Rule(one) for one in fields]


def apply_rules(flows, default, rules):
    """Gives every flow the label of the last rule that matches."""
    for flow in flows:
        flow.label = default
        for rule in rules:
            if rule.matches(flow):
                flow.label, flow.rule = rule.label, rule
        if flow.rule:
            flow.rule.flows += 1


def print_classes(name, flows, others):
    """The table of flows and packets per class."""
    counts, packets = collections.Counter(flow.label for flow in flows), collections.Counter()
    for flow in flows:
        packets[flow.label] += flow.packets
    begin, end = min(flow.start for flow in flows), max(flow.last for flow in flows)
    print(f"{name}: {len(flows)} flows, {sum(packets.values())} IP packets, {others} others, {end - begin:.0f} s")
    for label in sorted(counts, key=lambda label: (label != "benign", label)):
        print(f"  {label:20} {counts[label]:6} flows {100 * counts[label] / len(flows):5.1f} %  {packets[label]:7} packets")


def check_activities(rules, truth):
    """Compares flows found with connections opened."""
    problems, empty = [], 0
    by_name = {rule.name: rule for rule in rules}
    for line in truth:
        if line["label"] == "benign":
            continue
        rule = by_name.get(line["activity"])
        found = rule.flows if rule else 0
        empty += found == 0
        # The slow, lossy link of a remote host may lose the only packet of a flow before it is recorded, and a repeated SYN
        # that arrives after the refusal starts a second flow.
        slack = math.ceil(line["flows"] * 0.03) if line["lossy"] else 0
        if rule is None or rule.label != line["label"] or abs(found - line["flows"]) > slack:
            problems.append(f"{line['activity']}: {line['flows']} connections opened, {found} flows labeled")
    print(f"  malicious activities: {sum(line['label'] != 'benign' for line in truth)}, without a flow: {empty}")
    return problems


def check_ports(flows):
    """Reserved local ports belong to attacks, all others to benign programs; forged senders have no port of their own."""
    problems = []
    forged = ipaddress.ip_network("198.18.0.0/15")
    for flow in flows:
        if flow.protocol not in (6, 17) or ipaddress.ip_address(flow.source) in forged:
            continue
        if (flow.source_port in RESERVED_PORTS) != (flow.label != "benign"):
            problems.append(f"{describe(flow)} is labeled {flow.label}")
    return problems


def describe(flow):
    source, destination = ipaddress.ip_address(flow.source), ipaddress.ip_address(flow.destination)
    return f"flow {source} {flow.source_port} > {destination} {flow.destination_port} protocol {flow.protocol}"


def quotes_attack(quoted):
    """Whether the packet that an ICMP error quotes comes from or goes to a reserved port."""
    if quoted is None:
        return False
    ports = struct.unpack_from("!HH", quoted, (quoted[0] & 15) * 4)
    return any(port in RESERVED_PORTS for port in ports)


def check_unreachable(flows):
    """ICMP labeled as evidence of an attack quotes only packets from or to reserved ports, other ICMP none of them."""
    problems = []
    for flow in flows:
        if flow.protocol != 1:
            continue
        from_attack = [quotes_attack(quoted) for quoted in flow.quoted]
        if not all(from_attack) if flow.label != "benign" else any(from_attack):
            problems.append(f"{describe(flow)}: {sum(from_attack)} of {len(from_attack)} ICMP packets answer an attack, label {flow.label}")
    return problems


def check_mixture(flows, truth):
    """Every host opens benign and malicious flows, or is the target of both, at the same time."""
    problems = []
    hosts = {address: line["host"] for line in truth for address in line["source"] if "/" not in address}
    for role in ("source", "destination"):
        spans = collections.defaultdict(list)
        for flow in flows:
            host = hosts.get(str(ipaddress.ip_address(getattr(flow, role))))
            if host:
                spans[host, flow.label != "benign"].append((flow.start, flow.last))
        for host in sorted(set(hosts.values())):
            benign, malicious = spans[host, False], spans[host, True]
            overlapping = [span for span in malicious if any(begin <= span[1] and end >= span[0] for begin, end in benign)]
            print(f"  {host:8} as {role:11} {len(benign):5} benign, {len(malicious):5} malicious, "
                  f"of these {len(overlapping):5} during a benign one")
            if role == "source" and not overlapping:
                problems.append(f"{host}: no malicious flow during a benign one")
    return problems


def check(stem):
    """Runs all checks over one recording; returns the problems."""
    flows, others = read_flows(f"{stem}.pcap")
    default, rules = read_rules(f"{stem}.rules.yaml")
    with open(f"{stem}.truth.jsonl", encoding="utf-8") as file:
        truth = [json.loads(line) for line in file]
    apply_rules(flows, default, rules)
    print_classes(stem, flows, others)
    problems = check_activities(rules, truth) + check_ports(flows) + check_unreachable(flows) + check_mixture(flows, truth)
    for problem in problems:
        print(f"  PROBLEM {problem}")
    return problems


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    problems = [problem for stem in sys.argv[1:] for problem in check(stem)]
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
