"""Turns the ground truth into a label rule file."""

import math
from datetime import datetime, timezone

from .scenarios import LABELS


def second(stamp):
    """A time stamp of whole seconds in UTC."""
    return datetime.fromtimestamp(stamp, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def flow_list(values):
    """A YAML list on one line; IPv6 addresses are quoted because of their colons."""
    return "[" + ", ".join(f'"{value}"' if ":" in str(value) else str(value) for value in values) + "]"


def rule_text(name, line, protocol, ports, source=None, destination=None):
    """One rule. Times are widened to whole seconds, which is harmless: the ports belong to this activity alone."""
    category, technique = LABELS[line["label"]]
    text = [f"  - name: {name}", f"    label: {line['label']}", f"    category: {category}", f"    technique: {technique}",
            f"    from: {second(math.floor(line['start']))}", f"    to: {second(math.ceil(line['end']))}",
            f"    source: {flow_list(source or line['source'])}"]
    if ports and line["source_ports"]:
        text.append(f"    source_ports: {flow_list(line['source_ports'])}")
    text.append(f"    destination: {flow_list(destination or line['destination'])}")
    if ports and line["destination_ports"]:
        text.append(f"    destination_ports: {flow_list(line['destination_ports'])}")
    text += [f"    protocol: {protocol}", "    direction: either"]
    return "\n".join(text) + "\n"


def rules_text(scenario, lines):
    """The whole rule file."""
    text = [f"# Labels of recording-{scenario.letter}.pcap, made from recording-{scenario.letter}.truth.jsonl. The card is README.md.\n"
            "version: 1\ndefault: benign\ntime_zone: UTC\nrules:\n"]
    for line in lines:
        if line["label"] == "benign":
            continue
        text.append(rule_text(line["activity"], line, line["protocol"], ports=True))
        if line.get("unreachable"):
            # Closed ports answer a datagram with ICMP; between these two hosts there is no other ICMP.
            text.append(rule_text(line["activity"] + "-unreachable", line, "icmp", ports=False,
                                  source=line["destination"], destination=line["source"]))
    return "".join(text)
