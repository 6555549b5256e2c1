#!/usr/bin/env python3
"""What each feature family of the set flowmeter2 gains on attacks and networks that training did not see.

Flows are extracted once with all families; then columns are left out. Four tests, by what is held out:

  classes     Train on one bundled recording without one attack class, test on the other recording with its benign
              flows and that class alone; both ways, eight classes.
  recordings  Train on one bundled recording, test on the other; both ways.
  public      Captures of other projects. Train without one group of attacks and on half of the benign captures, test
              on that group and the other half.
  networks    Train on both recordings, test on all public captures, and the other way round.

For each, five seeds (of the learner, of its row samples and of the halves) give area under precision-recall and recall
at a false-positive rate of 1e-3, as the mean over what is held out. A gain is the paired difference over the seeds,
with its standard error. A family rises in a test where either figure gains more than two of them, more than 0.002, and
more than controls, which are columns that say nothing. It is to rise in two tests when added to the base. Then those are
dropped one by one, the least useful first, that rise in no test, or fall across networks, when taken from what is left.
Needs numpy and lightgbm; results are printed as Markdown.
"""

import argparse
import csv
import fnmatch
import json
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lightgbm  # noqa: E402
import numpy  # noqa: E402

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDINGS = REPOSITORY / "Datasets/bundled"

# Families by the names of their columns; the first that matches. Not all need be in the set: those that were dropped
# are still here, so that the study can be made again with the version that had them.
BASE = {
    "volume": ["packet_count", "*ward_packet_count", "*_byte_total", "forward_packet_share", "forward_byte_share"],
    "time": ["flow_duration"],
    "rate": ["packet_rate", "*_byte_rate"],
    "length": ["*ward_length_mean", "*ward_length_standard_deviation", "*ward_length_minimum", "*ward_length_maximum"],
    "gap": ["*ward_gap_mean", "*ward_gap_standard_deviation", "*ward_gap_minimum", "*ward_gap_maximum"],
    "flags": ["*_fin_share", "*_syn_share", "*_rst_share", "*_psh_share", "*_ack_share", "*_urg_share"],
}
CANDIDATES = {
    "length shape": ["*_length_bin_share_*", "length_entropy"],
    "length change": ["length_change_mean"],
    "first lengths": ["first_length_*"],
    "first gaps": ["first_gap_*"],
    "first payloads": ["first_payload_length_*"],
    "gap shape": ["gap_bin_share_*", "gap_entropy"],
    "gap regularity": ["forward_gap_variation", "forward_gap_autocorrelation"],
    "connection": ["handshake_progress", "handshake_refused", "fin_sides", "reset_direction"],
    "first flags": ["first_flags_*"],
    "flag surprise": ["flag_surprise"],
    "response times": ["handshake_time", "first_response_time"],
    "bursts": ["*_burst_*", "turn_*"],
    "idle times": ["idle_*"],
    "payload": ["*_payload_packet_share", "*_payload_byte_total"],
    "window": ["*_window_minimum", "*_window_maximum", "*_zero_window_count"],
    "repeats": ["*_repeated_segment_count"],
    "hops": ["*_time_to_live_spread"],
    "fragments": ["fragment_share", "dont_fragment_share"],
}
# Tell the host, the system or the service: measured to show what they do, never candidates.
HOST = {
    "host": ["*_time_to_live_first", "*_window_first", "hop_estimate", "port_class", "protocol_class"],
}
# Columns of the base in an order that says nothing.
CONTROLS = {f"control {number}": [f"control_{number}_*"] for number in (1, 2, 3)}
# The volume family has "*_byte_total", and so has payload: the first family that matches has the column.
ORDER = {**CONTROLS, **CANDIDATES, **HOST, **BASE}

# Attack captures by group, under the folder of public captures. No capture is in two groups, and none that holds
# benign traffic too is here.
ATTACKS = {
    "syn-scan": ["chrissanders/synscan.pcapng"],
    "nmap": [
        "rustiflow-experiments/concap/completed/nmap-*/dump.pcap", "esnet-curated/attacks/scanners/nmap/*.pcap",
        "rustiflow/rustiflow/tests/data/nmap_*.pcap", "chrissanders/activeosfingerprinting.pcapng",
        "slips/dataset/test12-icmp-portscan.pcap",
    ],
    "web-ddos": ["lucid-ddos/sample-dataset/CIC-DDoS-2019-WebDDoS.pcap"],
    "flood": [
        "zeek/testing/btest/Traces/dhcp/dhcp_flood.pcap",
        "suricata-verify/tests/firewall/tcp-session-syn-flood-drop-precedence/input.pcap",
    ],
    "password-guessing": [
        "zeek/testing/btest/Traces/ftp/bruteforce.pcap", "pcap-attack/CredAccess/CA_kerbrute*.pcapng",
    ],
    "zerologon": ["pcap-attack/Lateral Movement/CVE-2020-1472_Zerologon*.pcapng"],
    "lateral-movement": [
        "pcap-attack/Lateral Movement/[Ll][Mm]_*.pcapng", "pcap-attack/Discovery/*.pcapng",
        "pcap-attack/CredAccess/DCSync*.pcapng", "pcap-attack/CredAccess/CA_masterkey*.pcapng",
        "pcap-attack/CredAccess/CredAccess_*.pcapng", "pcap-attack/CredAccess/Remote_*.pcapng",
        "pcap-attack/Evasion/*.pcapng", "suricata-verify/tests/smb2-0[57]/*.pcap",
    ],
    "web-attack": [
        "ndpi/tests/cfgs/default/pcap/WebattackSQLinj.pcap", "ndpi/tests/cfgs/default/pcap/sql_injection.pcap",
        "ndpi/tests/cfgs/default/pcap/xss.pcap", "chrissanders/http_dvwa_*injection*.pcapng",
        "chrissanders/http_dvwa_directorytraversal.pcapng",
    ],
}
BENIGN = "ndpi/tests/cfgs/default/pcap"
# Attacks, damaged and synthetic packets among the captures of applications.
NOT_BENIGN = [
    "*scan*", "*[Ss][Qq][Ll]inj*", "sql_injection*", "xss*", "bot.pcap", "dos_*", "*fuzz*", "ossfuzz*", "*tunnel*",
    "*-exf*", "bad*", "malformed*", "*crash*", "*segv*", "*overflow*", "*garbage*", "*invalid*", "dotenv*", "elf*",
    "exe_download*", "http-manipulated*", "ubntac2*", "*craziness*", "custom_*", "crawler*",
]
MOST_FLOWS_OF_A_CAPTURE = {"benign": 60, "attack": 300}
SEEDS = 5
FALSE_POSITIVE_RATE = 1e-3
TREES = 40
TESTS = ["classes", "recordings", "public", "networks"]


class Flows:
    """Rows of one source: features, class ('benign' or an attack) and capture of each."""

    def __init__(self, names, values, labels, captures):
        self.names, self.values, self.labels, self.captures = names, values, labels, captures

    @staticmethod
    def extract(flowmeter, features, captures, label=None, rules=None):
        """Runs the tool over captures."""
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "flows.csv"
            command = [flowmeter, "extract", *map(str, captures), "--features", features, "-o", str(table), "--quiet"]
            command += ["--label", label] if label else []
            command += ["--label-rules", str(rules)] if rules else []
            if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0:
                return None
            with open(table, newline="", encoding="utf-8") as file:
                rows = csv.reader(file)
                header = next(rows)
                rows = list(rows)
        first = header.index("capture") + 1
        names = header[first:-1]
        values = numpy.array([row[first:-1] for row in rows], dtype=float).reshape(len(rows), len(names))
        assert numpy.isfinite(values).all()
        labels, captures = ([row[column] for row in rows] for column in (-1, first - 1))
        return Flows(names, values, numpy.array(labels), numpy.array(captures))

    @staticmethod
    def joined(parts):
        """All rows of several sources."""
        return Flows(parts[0].names, *(numpy.concatenate([getattr(part, field) for part in parts])
                                       for field in ("values", "labels", "captures")))

    def where(self, keep):
        """Some of the rows."""
        return Flows(self.names, self.values[keep], self.labels[keep], self.captures[keep])

    def thinned(self, most):
        """At most so many rows of a capture, always the same."""
        if len(self.labels) <= most:
            return self
        return self.where(numpy.sort(numpy.random.default_rng(0).permutation(len(self.labels))[:most]))


def recording(flowmeter, features, letter, folder=RECORDINGS):
    """A bundled recording."""
    return Flows.extract(flowmeter, features, [folder / f"recording-{letter}.pcap"],
                         rules=RECORDINGS / f"recording-{letter}.rules.yaml")


def public_captures(flowmeter, features, folder):
    """The attack captures by group and the benign ones. One extraction a capture: no flow spans two."""
    parts = []
    for group, patterns in ATTACKS.items():
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
            flows = Flows.extract(flowmeter, features, [path], label=group)
            if flows is not None:
                parts.append(flows.thinned(MOST_FLOWS_OF_A_CAPTURE["attack"]))
    for path in sorted((folder / BENIGN).iterdir()):
        if any(fnmatch.fnmatch(path.name, pattern) for pattern in NOT_BENIGN):
            continue
        flows = Flows.extract(flowmeter, features, [path], label="benign")
        if flows is not None and len(flows.labels):
            parts.append(flows.thinned(MOST_FLOWS_OF_A_CAPTURE["benign"]))
    return Flows.joined(parts)


def first_packets(path, most, target):
    """Copies a bundled recording with the first packets only of each flow, as many as `most`."""
    data = Path(path).read_bytes()
    counts, kept, position = {}, [data[:24]], 24
    while position < len(data):
        captured = struct.unpack_from("<I", data, position + 8)[0]
        packet = data[position + 16:position + 16 + captured]
        key, flags = connection(packet)
        if flags & 0x12 == 2 and counts.get(key, (0, 0))[1] & 5:
            counts.pop(key)
        count, seen = counts.get(key, (0, 0))
        counts[key] = (count + 1, seen | flags)
        if count < most:
            kept.append(data[position:position + 16 + captured])
        position += 16 + captured
    target.write_bytes(b"".join(kept))


def connection(packet):
    """The unordered ends of a packet with its protocol, and its TCP flags. Recordings have neither tags nor options."""
    if packet[12:14] == b"\x08\x00":
        protocol, ends, transport = packet[23], (packet[26:30], packet[30:34]), 34
    else:
        protocol, ends, transport = packet[20], (packet[22:38], packet[38:54]), 54
    if protocol not in (6, 17):
        return (protocol, frozenset(ends)), 0
    ports = packet[transport:transport + 2], packet[transport + 2:transport + 4]
    return (protocol, frozenset(zip(ends, ports))), packet[transport + 13] if protocol == 6 else 0


def average_precision(truth, scores):
    """Area under precision-recall as a sum of steps; equal scores are one step."""
    order = numpy.argsort(-scores, kind="stable")
    truth, scores = truth[order], scores[order]
    last = numpy.append(numpy.flatnonzero(numpy.diff(scores)), len(scores) - 1)
    hits = numpy.cumsum(truth)[last]
    return float(numpy.sum(numpy.diff(numpy.append(0, hits)) / truth.sum() * hits / (last + 1)))


def recall_at(truth, scores, rate):
    """The share of the malicious above a threshold that at most that share of the benign passes."""
    benign = numpy.sort(scores[~truth])[::-1]
    threshold = benign[min(int(rate * len(benign)), len(benign) - 1)]
    return float(numpy.mean(scores[truth] > threshold))


def judge(training, testing, seed):
    """Both figures of a model of malicious against benign; each argument is values and truth."""
    parameters = {
        "objective": "binary", "num_leaves": 15, "learning_rate": 0.2, "min_data_in_leaf": 10, "seed": seed,
        "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "num_threads": 1, "verbosity": -1,
        "deterministic": True, "force_row_wise": True, "max_bin": 63, "is_unbalance": True,
    }
    model = lightgbm.train(parameters, lightgbm.Dataset(*training), TREES)
    scores = model.predict(testing[0], num_threads=1, raw_score=True)
    return average_precision(testing[1], scores), recall_at(testing[1], scores, FALSE_POSITIVE_RATE)


class Study:
    """The three data sets and what was measured on them."""

    def __init__(self, a, b, public, memory=None):
        self.names = a.names
        self.attacks = sorted(set(a.labels) - {"benign"})
        self.groups = sorted(set(public.labels) - {"benign"})
        self.flows = Flows.joined([a, b, public])
        self.source = numpy.repeat(["a", "b", "public"], [len(part.labels) for part in (a, b, public)])
        self.memory = Path(memory) if memory else None
        self.known = json.loads(self.memory.read_text()) if memory and self.memory.exists() else {}

    def tasks(self, seed):
        """By data set: which rows train and which test, for each thing that is held out."""
        labels, captures, source = self.flows.labels, self.flows.captures, self.source
        benign = labels == "benign"
        classes = [
            ((source == train) & (labels != attack), (source == test) & (benign | (labels == attack)))
            for train, test in ("ab", "ba") for attack in self.attacks
        ]
        public = source == "public"
        files = numpy.array(sorted(set(captures[public & benign])))
        half = files[numpy.random.default_rng(seed).permutation(len(files)) < len(files) // 2]
        trains = numpy.isin(captures, half)
        groups = [
            tuple(public & numpy.where(benign, trains == is_training, (labels == group) != is_training)
                  for is_training in (True, False))
            for group in self.groups
        ]
        recordings = [(source == "a", source == "b"), (source == "b", source == "a")]
        networks = [(~public, public), (public, ~public)]
        return dict(zip(TESTS, (classes, recordings, groups, networks)))

    def judge(self, tasks, columns, seed):
        """The figures of one model for each task."""
        values = numpy.ascontiguousarray(self.flows.values[:, columns])
        malicious = self.flows.labels != "benign"
        return [judge((values[train], malicious[train]), (values[test], malicious[test]), seed)
                for train, test in tasks]

    def measure(self, columns, only=None, name=""):
        """By data set: one row a seed, one column a figure, each the mean over what is held out.

        `only` names the data set to measure, where not all; `name` tells studies with the same columns apart."""
        key = name + " ".join(self.names[column] for column in columns)
        known = self.known.setdefault(key, {})
        for test in TESTS:
            if test in known or only not in (None, test):
                continue
            known[test] = [
                numpy.mean(self.judge(self.tasks(seed)[test], columns, seed), axis=0).tolist() for seed in range(SEEDS)
            ]
            if self.memory:
                self.memory.write_text(json.dumps(self.known))
        return {test: numpy.array(known[test]) for test in TESTS if test in known}

    def detail(self, columns):
        """Area under precision-recall and recall for each thing held out, as means over the seeds."""
        names = [f"{way} {attack}" for way in ("a to b", "b to a") for attack in self.attacks]
        names += ["a to b", "b to a"]
        names += [f"public {group}" for group in self.groups] + ["recordings to public", "public to recordings"]
        figures = [
            [figure for tasks in self.tasks(seed).values() for figure in self.judge(tasks, columns, seed)]
            for seed in range(SEEDS)
        ]
        return dict(zip(names, numpy.mean(figures, axis=0).tolist()))

    def columns(self, families):
        """Positions of the columns of families."""
        return [index for index, name in enumerate(self.names) if family(name) in families]


def family(name):
    """The family of a column."""
    for title, patterns in ORDER.items():
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
            return title
    sys.exit(f"no family has the column {name}")


def gains(more, less):
    """By data set: for each figure the mean paired difference and its standard error."""
    differences = {name: more[name] - less[name] for name in more}
    return {
        name: [(float(d.mean()), float(d.std(ddof=1) / len(d) ** 0.5)) for d in differences[name].T]
        for name in TESTS
    }


def chance(controls):
    """By test: the most that columns which say nothing seem to gain, for each figure."""
    return {test: numpy.max([[mean for mean, _ in gain[test]] for gain in controls], axis=0) for test in TESTS}


def rises(gain, floor):
    """In how many tests a figure rises by more than two standard errors, than chance and than 0.002."""
    return sum(
        any(mean > max(2 * error, least, 0.002) for (mean, error), least in zip(gain[test], floor[test]))
        for test in TESTS
    )


def falls(gain):
    """In how many tests a figure falls by more than two standard errors and than 0.002."""
    return sum(any(mean < -max(2 * error, 0.002) for mean, error in gain[test]) for test in TESTS)


def leaks(gain):
    """Whether a figure falls across networks: what it tells is then the network."""
    return any(mean < -max(2 * error, 0.002) for mean, error in gain["networks"])


def row(title, gain, floor):
    """One line of a table."""
    cells = [f"{mean:+.3f} ± {error:.3f}" for test in TESTS for mean, error in gain[test]]
    return f"| {title} | {' | '.join(cells)} | {rises(gain, floor)} | {falls(gain)} |"


def table(title, rows, floor):
    """A Markdown table of gains."""
    print(f"\n### {title}\n")
    print("| family | " + " | ".join(f"{test}: area | {test}: recall" for test in TESTS) + " | rises in | falls in |")
    print("|---" * (2 * len(TESTS) + 3) + "|")
    for name, gain in rows:
        print(row(name, gain, floor), flush=True)


def levels(title, figures):
    """A Markdown table of figures themselves."""
    print(f"\n### {title}\n")
    figures = list(figures)
    names = [name for name in TESTS if name in figures[0][2]]
    print("| columns | count | " + " | ".join(f"{name}: area | {name}: recall" for name in names) + " |")
    print("|---" * (2 * len(names) + 2) + "|")
    for name, count, values in figures:
        cells = [f"{mean:.3f}" for data in names for mean in values[data].mean(axis=0)]
        print(f"| {name} | {count} | {' | '.join(cells)} |", flush=True)


def with_controls(flows, number):
    """Adds three families of four columns each that are shuffled columns of the base."""
    base = [index for index, name in enumerate(flows.names) if family(name) in BASE]
    names, values = list(flows.names), [flows.values]
    for control in (1, 2, 3):
        chosen = numpy.random.default_rng(control).choice(base, 4, replace=False)
        order = numpy.random.default_rng([control, number]).permutation(len(flows.labels))
        names += [f"control_{control}_{flows.names[column]}" for column in chosen]
        values.append(flows.values[order][:, chosen])
    return Flows(names, numpy.concatenate(values, axis=1), flows.labels, flows.captures)


def load(arguments, features):
    """The three sources, from the cache where there is one."""
    cache = Path(arguments.cache) / f"{features}.npz" if arguments.cache else None
    if cache and cache.exists():
        stored = numpy.load(cache)
        return [Flows(list(stored["names"]), stored[f"{part}_values"], stored[f"{part}_labels"],
                      stored[f"{part}_captures"]) for part in ("a", "b", "public")]
    parts = [recording(arguments.flowmeter, features, "a"), recording(arguments.flowmeter, features, "b"),
             public_captures(arguments.flowmeter, features, Path(arguments.data) / "pcap")]
    if cache:
        stored = {f"{name}_{field}": getattr(part, field) for name, part in zip(("a", "b", "public"), parts)
                  for field in ("values", "labels", "captures")}
        numpy.savez(cache, names=parts[0].names, **stored)
    return parts


def early(arguments, families, sources, memory):
    """Figures on the recordings where only the first packets of each flow are known."""
    with tempfile.TemporaryDirectory() as folder:
        for most in (8, 16, 32):
            parts = []
            for number, letter in enumerate("ab"):
                name = f"recording-{letter}.pcap"
                first_packets(RECORDINGS / name, most, Path(folder) / name)
                cut = recording(arguments.flowmeter, "flowmeter2", letter, Path(folder))
                parts.append(with_controls(cut, number))
            study = Study(*parts, sources[2], memory)
            columns = study.columns(families)
            yield f"first {most} packets", len(columns), study.measure(columns, "recordings", f"first {most}: ")


def main():
    """Prints all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flowmeter", required=True, help="the tool")
    parser.add_argument("--data", required=True, help="the folder of shared data")
    parser.add_argument("--cache", help="a folder to keep the flows in")
    parser.add_argument("--detail", action="store_true", help="figures for each thing held out, as JSON, and no more")
    arguments = parser.parse_args()
    sources = [with_controls(flows, number) for number, flows in enumerate(load(arguments, "flowmeter2"))]
    memory = f"{arguments.cache}/figures.json" if arguments.cache else None
    study = Study(*sources, memory)
    here = {family(name) for name in study.names}
    base = [name for name in BASE if name in here]
    candidates = [name for name in CANDIDATES if name in here]
    if arguments.detail:
        print(json.dumps(study.detail(study.columns(base + candidates)), indent=1))
        return
    for name, part in zip(("recording a", "recording b", "public"), sources):
        counts = dict(zip(*(values.tolist() for values in numpy.unique(part.labels, return_counts=True))))
        print(f"{name}: {counts}", flush=True)

    def measure(families):
        return study.measure(study.columns(families))

    def without(families, name):
        return gains(measure(families), measure([other for other in families if other != name]))

    added = {}
    for name in candidates + [name for name in HOST if name in here] + list(CONTROLS):
        added[name] = gains(measure(base + [name]), measure(base))
        print(f"measured: {name}", file=sys.stderr, flush=True)
    floor = chance([added[name] for name in CONTROLS])
    table("Each base family: the base against the base without it",
          ((name, without(base, name)) for name in base), floor)
    table("Each candidate alone: the base with it against the base", added.items(), floor)
    chosen = [name for name in candidates if rises(added[name], floor) >= 2]
    while True:
        lost = {name: without(base + chosen, name) for name in chosen}
        table("Each that is left: the base and all of them against that without it", lost.items(), floor)
        useless = [name for name in chosen if rises(lost[name], floor) == 0 or leaks(lost[name])]
        if not useless:
            break
        chosen.remove(min(useless, key=lambda name: sum(mean for test in TESTS for mean, _ in lost[name][test])))
    final = base + chosen
    figures = [("base", base), ("base and what is left", final), ("all", base + candidates)]
    figures += [("first lengths, gaps, payloads and flags alone",
                 [name for name in candidates if name.startswith("first")])]
    figures += [("all and host", base + candidates + list(HOST))] if "host" in here else []
    levels("Figures", [(title, len(study.columns(names)), measure(names)) for title, names in figures])
    other = Study(*load(arguments, "flowmeter"), memory)
    count = len(other.names)
    levels("The set flowmeter", [("flowmeter", count, other.measure(list(range(count))))])
    levels("Early verdict: the columns of the set on the first packets of each flow",
           early(arguments, final, sources, memory))


if __name__ == "__main__":
    main()
