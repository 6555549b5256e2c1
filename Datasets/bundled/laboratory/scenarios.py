"""The two recordings as data: hosts, parameters of the benign clients, and the list of attacks."""

from dataclasses import dataclass, field

# Local ports for malicious activities. Benign programs get theirs from the system, 32768 to 60999, so that the
# local port tells exactly which activity opened a flow. It is a labelling device and must never be a feature.
FIRST_ATTACK_PORT = 10_000
LAST_ATTACK_PORT = 31_999

# label: (category, MITRE ATT&CK technique)
LABELS = {
    "port-scan": ("reconnaissance", "T1046"),
    "syn-flood": ("denial-of-service", "T1499.001"),
    "udp-flood": ("denial-of-service", "T1498.001"),
    "http-flood": ("denial-of-service", "T1499.002"),
    "slow-http": ("denial-of-service", "T1499.002"),
    "password-guessing": ("brute-force", "T1110.001"),
    "beacon": ("command-and-control", "T1071"),
    "dns-exfiltration": ("exfiltration", "T1048.003"),
}


@dataclass(frozen=True)
class Host:
    """One namespace. `round_trip` (seconds, low and high) puts it behind a wide area link outside the local network."""

    name: str
    ipv4: str
    ipv6: str
    services: tuple = ()
    round_trip: tuple | None = None

    def address(self, family):
        """The host's address in family 4 or 6."""
        return self.ipv4 if family == 4 else self.ipv6


@dataclass(frozen=True)
class Attack:
    """One malicious activity: `kind` names a function, `at` is in seconds after the start of the recording."""

    kind: str
    label: str
    host: str
    target: str
    at: float
    seconds: float
    ports: int
    settings: dict = field(default_factory=dict)
    family: int = 4


@dataclass(frozen=True)
class Scenario:
    """Everything that distinguishes one recording from another."""

    letter: str
    seed: int
    seconds: float
    router_ipv4: str
    router_ipv6: str
    hosts: tuple
    attacks: tuple
    page_bytes: int
    asset_bytes: int
    large_bytes: int
    api_bytes: int
    think_seconds: float
    poll_seconds: tuple
    ipv6_share: float
    tls_share: float
    keep_alive_seconds: int
    header_timeout_seconds: int
    unanswered_ipv4: str
    pace: float

    def host(self, name):
        """The host of that name."""
        return next(host for host in self.hosts if host.name == name)

    def serving(self, service):
        """The hosts that run a service."""
        return [host for host in self.hosts if service in host.services]

    def datagram_attack_pairs(self):
        """Pairs of hosts whose ICMP packets answer a UDP scan or flood; benign pings keep away from them."""
        kinds = ("udp_flood", "udp_scan")
        return {frozenset((attack.host, attack.target)) for attack in self.attacks if attack.kind in kinds}


RECORDING_A = Scenario(
    letter="a",
    seed=20_261,
    seconds=200,
    router_ipv4="10.20.0.1",
    router_ipv6="fd20::1",
    hosts=(
        Host("server1", "10.20.0.10", "fd20::10", ("web", "dns", "ssh")),
        Host("server2", "10.20.0.11", "fd20::11", ("web", "ssh", "ftp", "datagrams")),
        Host("desk1", "10.20.0.21", "fd20::21"),
        Host("desk2", "10.20.0.22", "fd20::22"),
        Host("desk3", "10.20.0.23", "fd20::23", ("web",)),
        Host("desk4", "10.20.0.24", "fd20::24", ("ssh",)),
        Host("remote1", "203.0.113.10", "2001:db8:113::10", ("web", "dns", "datagrams"), (0.018, 0.030)),
        Host("remote2", "198.51.100.7", "2001:db8:51::7", ("web",), (0.045, 0.080)),
    ),
    attacks=(
        Attack("nmap", "port-scan", "desk2", "server1", 14, 30, 8, {"scan": "-sS", "ports": 150, "rate": 90}),
        Attack("nmap", "port-scan", "desk4", "server2", 31, 25, 8, {"scan": "-sF", "ports": 50, "rate": 40}),
        Attack("nmap", "port-scan", "desk1", "desk4", 118, 25, 8, {"scan": "-sX", "ports": 40, "rate": 25}),
        Attack("nmap", "port-scan", "server2", "desk3", 88, 25, 8, {"scan": "-sS", "ports": 70, "rate": 60}, family=6),
        Attack("nmap", "port-scan", "remote1", "desk2", 166, 25, 8, {"scan": "-sS", "ports": 50, "rate": 25}),
        Attack("connect_scan", "port-scan", "remote2", "server2", 52, 40, 300, {"ports": 110, "pause": 0.12, "banner": 0.6}),
        Attack("connect_scan", "port-scan", "desk3", "desk1", 140, 25, 300, {"ports": 120, "pause": 0.05, "banner": 0.3}),
        Attack("udp_scan", "port-scan", "desk3", "server1", 70, 30, 8, {"ports": 70, "rate": 15}),
        Attack("hping", "syn-flood", "desk3", "server2", 20, 20, 400, {"port": 80, "count": 220, "gap": 0.008}),
        Attack("hping", "syn-flood", "desk2", "remote1", 151, 20, 400, {"port": 443, "count": 150, "gap": 0.02}),
        Attack("spoofed_syn_flood", "syn-flood", "desk1", "server1", 62, 20, 0,
               {"port": 443, "count": 260, "gap": 0.03, "network": "198.18.16.0/20"}),
        Attack("spoofed_syn_flood", "syn-flood", "remote2", "server2", 128, 25, 0,
               {"port": 22, "count": 140, "gap": 0.06, "network": "198.18.64.0/20"}),
        Attack("udp_flood", "udp-flood", "desk2", "server2", 44, 30, 260,
               {"flows": 130, "packets": 8, "bytes": (20, 1200), "gap": 0.012, "ports": (53, 123, 514, 5004, 8000)}),
        Attack("udp_flood", "udp-flood", "desk4", "remote1", 106, 30, 260,
               {"flows": 100, "packets": 9, "bytes": (64, 512), "gap": 0.015, "ports": (53, 123, 5004, 27015)}),
        Attack("http_flood", "http-flood", "desk4", "server1", 56, 30, 700,
               {"connections": 170, "requests": 2.5, "tls": 0.2, "workers": 4}),
        Attack("http_flood", "http-flood", "remote2", "server1", 92, 35, 500,
               {"connections": 130, "requests": 2, "tls": 0.4, "workers": 5}),
        Attack("http_flood", "http-flood", "desk1", "server2", 160, 25, 400,
               {"connections": 110, "requests": 3, "tls": 0.1, "workers": 3}, family=6),
        Attack("slow_http", "slow-http", "desk2", "server2", 78, 60, 160,
               {"connections": 55, "ways": ("header", "body"), "drip": (2, 8)}),
        Attack("slow_http", "slow-http", "remote2", "server1", 112, 60, 160,
               {"connections": 45, "ways": ("header", "read"), "drip": (2, 9)}),
        Attack("slow_http", "slow-http", "desk3", "remote1", 26, 50, 160,
               {"connections": 35, "ways": ("body", "read", "header"), "drip": (1, 7)}, family=6),
        Attack("guess_ssh", "password-guessing", "desk1", "server2", 24, 60, 160,
               {"connections": 48, "tries": (1, 3), "pause": 0.5}),
        Attack("guess_ssh", "password-guessing", "remote2", "server1", 130, 50, 120,
               {"connections": 35, "tries": (1, 2), "pause": 0.8}),
        Attack("guess_http", "password-guessing", "desk3", "server1", 98, 40, 300,
               {"connections": 80, "tries": (1, 5), "pause": 0.3}),
        Attack("guess_ftp", "password-guessing", "desk4", "server2", 136, 45, 200,
               {"connections": 50, "tries": (1, 3), "pause": 0.6}),
        Attack("beacon_web", "beacon", "desk1", "remote1", 8, 180, 160,
               {"period": 3.4, "jitter": 0.2, "tls": 0.0, "held": 0.0}),
        Attack("beacon_web", "beacon", "desk3", "remote1", 10, 178, 160,
               {"period": 4.2, "jitter": 0.35, "tls": 1.0, "held": 0.06}),
        Attack("beacon_web", "beacon", "server2", "remote2", 17, 170, 160,
               {"period": 4.8, "jitter": 0.1, "tls": 0.5, "held": 0.15}, family=6),
        Attack("beacon_dns", "beacon", "desk4", "remote1", 12, 176, 200, {"period": 3.5, "jitter": 0.25}),
        Attack("dns_exfiltration", "dns-exfiltration", "desk2", "remote1", 36, 70, 300,
               {"sockets": 140, "queries": 4, "pause": 0.3}),
        Attack("dns_exfiltration", "dns-exfiltration", "server1", "remote1", 120, 60, 200,
               {"sockets": 70, "queries": 7, "pause": 0.4}, family=6),
    ),
    page_bytes=3_000,
    asset_bytes=1_600,
    large_bytes=42_000,
    api_bytes=350,
    think_seconds=2.2,
    poll_seconds=(3.0, 7.0),
    ipv6_share=0.25,
    tls_share=0.4,
    keep_alive_seconds=20,
    header_timeout_seconds=25,
    unanswered_ipv4="203.0.113.200",
    pace=2.2,
)

RECORDING_B = Scenario(
    letter="b",
    seed=77_014,
    seconds=190,
    router_ipv4="172.16.44.1",
    router_ipv6="fd44::1",
    hosts=(
        Host("server1", "172.16.44.5", "fd44::5", ("web", "ssh", "ftp", "datagrams")),
        Host("server2", "172.16.44.6", "fd44::6", ("web", "dns", "ssh")),
        Host("desk1", "172.16.44.101", "fd44::101", ("ssh",)),
        Host("desk2", "172.16.44.102", "fd44::102", ("web",)),
        Host("desk3", "172.16.44.103", "fd44::103"),
        Host("desk4", "172.16.44.104", "fd44::104"),
        Host("remote1", "192.0.2.33", "2001:db8:2::33", ("web", "dns", "datagrams"), (0.030, 0.055)),
        Host("remote2", "198.51.100.99", "2001:db8:51::99", ("web",), (0.012, 0.022)),
    ),
    attacks=(
        Attack("nmap", "port-scan", "desk3", "server1", 20, 30, 8, {"scan": "-sS", "ports": 120, "rate": 40}),
        Attack("nmap", "port-scan", "desk1", "server2", 77, 30, 8, {"scan": "-sN", "ports": 50, "rate": 20}),
        Attack("nmap", "port-scan", "remote1", "desk2", 36, 30, 8, {"scan": "-sS", "ports": 60, "rate": 30}),
        Attack("nmap", "port-scan", "desk4", "server1", 133, 25, 8, {"scan": "-sS", "ports": 60, "rate": 150}, family=6),
        Attack("connect_scan", "port-scan", "desk2", "server2", 110, 40, 300, {"ports": 140, "pause": 0.08, "banner": 0.8}),
        Attack("connect_scan", "port-scan", "server1", "desk4", 60, 40, 300, {"ports": 90, "pause": 0.2, "banner": 0.2}),
        Attack("udp_scan", "port-scan", "desk1", "server1", 150, 30, 8, {"ports": 60, "rate": 8}),
        Attack("hping", "syn-flood", "desk4", "server2", 48, 20, 400, {"port": 443, "count": 180, "gap": 0.015}),
        Attack("hping", "syn-flood", "remote2", "server1", 98, 20, 400, {"port": 80, "count": 160, "gap": 0.012}),
        Attack("spoofed_syn_flood", "syn-flood", "desk3", "server1", 84, 20, 0,
               {"port": 21, "count": 200, "gap": 0.04, "network": "198.19.32.0/20"}),
        Attack("spoofed_syn_flood", "syn-flood", "desk2", "server2", 26, 25, 0,
               {"port": 80, "count": 180, "gap": 0.05, "network": "198.19.128.0/20"}),
        Attack("udp_flood", "udp-flood", "desk4", "server1", 15, 35, 260,
               {"flows": 110, "packets": 9, "bytes": (8, 800), "gap": 0.02, "ports": (53, 123, 500, 5004, 11211)}),
        Attack("udp_flood", "udp-flood", "desk2", "remote1", 142, 30, 260,
               {"flows": 120, "packets": 10, "bytes": (100, 1400), "gap": 0.01, "ports": (53, 123, 514, 1900)}),
        Attack("http_flood", "http-flood", "desk1", "server2", 32, 35, 500,
               {"connections": 150, "requests": 2.5, "tls": 0.5, "workers": 3}),
        Attack("http_flood", "http-flood", "desk3", "remote1", 120, 35, 500,
               {"connections": 120, "requests": 3.5, "tls": 0.3, "workers": 6}),
        Attack("http_flood", "http-flood", "remote2", "server1", 66, 30, 400,
               {"connections": 120, "requests": 1.5, "tls": 0.2, "workers": 4}, family=6),
        Attack("slow_http", "slow-http", "desk4", "server2", 90, 70, 160,
               {"connections": 50, "ways": ("header", "read"), "drip": (2, 12)}),
        Attack("slow_http", "slow-http", "desk2", "server1", 55, 60, 160,
               {"connections": 45, "ways": ("header", "body"), "drip": (1, 5)}, family=6),
        Attack("slow_http", "slow-http", "remote2", "server2", 14, 60, 160,
               {"connections": 40, "ways": ("body", "read"), "drip": (3, 8)}),
        Attack("guess_ssh", "password-guessing", "desk2", "server1", 95, 60, 160,
               {"connections": 45, "tries": (1, 4), "pause": 0.8}),
        Attack("guess_ssh", "password-guessing", "remote1", "server2", 40, 50, 120,
               {"connections": 40, "tries": (1, 3), "pause": 0.5}),
        Attack("guess_http", "password-guessing", "desk4", "server2", 28, 45, 300,
               {"connections": 70, "tries": (1, 8), "pause": 0.4}, family=6),
        Attack("guess_http", "password-guessing", "remote2", "server1", 128, 40, 200,
               {"connections": 50, "tries": (1, 3), "pause": 0.6}),
        Attack("guess_ftp", "password-guessing", "desk3", "server1", 62, 45, 200,
               {"connections": 45, "tries": (1, 2), "pause": 0.7}),
        Attack("beacon_web", "beacon", "desk2", "remote2", 9, 172, 200,
               {"period": 2.9, "jitter": 0.3, "tls": 0.3, "held": 0.05}),
        Attack("beacon_web", "beacon", "desk4", "remote1", 12, 168, 160,
               {"period": 4.5, "jitter": 0.15, "tls": 1.0, "held": 0.1}, family=6),
        Attack("beacon_web", "beacon", "server2", "remote1", 16, 165, 160,
               {"period": 5.5, "jitter": 0.4, "tls": 0.0, "held": 0.08}),
        Attack("beacon_dns", "beacon", "desk3", "remote1", 11, 170, 200, {"period": 3.0, "jitter": 0.4}),
        Attack("dns_exfiltration", "dns-exfiltration", "desk1", "remote1", 50, 70, 300,
               {"sockets": 120, "queries": 6, "pause": 0.35}),
        Attack("dns_exfiltration", "dns-exfiltration", "desk3", "server2", 140, 40, 200,
               {"sockets": 85, "queries": 4, "pause": 0.3}),
    ),
    page_bytes=4_200,
    asset_bytes=1_200,
    large_bytes=34_000,
    api_bytes=600,
    think_seconds=2.8,
    poll_seconds=(2.5, 9.0),
    ipv6_share=0.4,
    tls_share=0.55,
    keep_alive_seconds=12,
    header_timeout_seconds=40,
    unanswered_ipv4="192.0.2.200",
    pace=2.2,
)

SCENARIOS = {scenario.letter: scenario for scenario in (RECORDING_A, RECORDING_B)}
