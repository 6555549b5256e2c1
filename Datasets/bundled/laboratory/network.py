"""Builds the namespaces: a router with a bridge, the local hosts on it, the remote hosts behind wide area links."""

import subprocess
import sys

ROUTER = "router"
BRIDGE = "bridge0"
PREFIXES = {"ipv4": 24, "ipv6": 64}


def run(*command):
    """Runs a command and ends with its message when it fails."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip() or result.stdout.strip()}")
    return result.stdout


def inside(namespace, *command):
    """The command line that runs a command inside a namespace."""
    return ["ip", "netns", "exec", namespace, *command]


def add_namespace(name):
    run("ip", "netns", "add", name)
    settings = ("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0", "net.ipv4.conf.all.rp_filter=0",
                "net.ipv4.conf.default.rp_filter=0", "net.ipv4.ip_local_port_range=32768 60999")
    run(*inside(name, "sysctl", "-q", "-w", *settings))
    run("ip", "-n", name, "link", "set", "lo", "up")


def add_router(scenario):
    """The router: the bridge where everything is recorded, and holes for addresses that nobody answers."""
    add_namespace(ROUTER)
    settings = ("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", "net.ipv4.conf.all.send_redirects=0")
    run(*inside(ROUTER, "sysctl", "-q", "-w", *settings))
    run("ip", "-n", ROUTER, "link", "add", "name", BRIDGE, "type", "bridge", "mcast_snooping", "0")
    run("ip", "-n", ROUTER, "addr", "add", f"{scenario.router_ipv4}/24", "dev", BRIDGE)
    run("ip", "-n", ROUTER, "addr", "add", f"{scenario.router_ipv6}/64", "dev", BRIDGE, "nodad")
    run("ip", "-n", ROUTER, "link", "set", BRIDGE, "up")
    for hole in ("198.18.0.0/15", f"{scenario.unanswered_ipv4}/32"):
        run("ip", "-n", ROUTER, "route", "add", "blackhole", hole)


def add_local_host(scenario, host, number):
    """A host on the bridge. Offloading is off, so that recorded packets have the size and checksum of the wire."""
    add_namespace(host.name)
    run("ip", "link", "add", "name", "eth0", "netns", host.name, "type", "veth",
        "peer", "name", f"port{number}", "netns", ROUTER)
    for namespace, device in ((host.name, "eth0"), (ROUTER, f"port{number}")):
        run(*inside(namespace, "ethtool", "-K", device, "tx", "off", "rx", "off", "tso", "off", "gso", "off", "gro", "off"))
    run("ip", "-n", ROUTER, "link", "set", f"port{number}", "master", BRIDGE)
    run("ip", "-n", ROUTER, "link", "set", f"port{number}", "up")
    run("ip", "-n", host.name, "link", "set", "eth0", "up")
    run("ip", "-n", host.name, "addr", "add", f"{host.ipv4}/24", "dev", "eth0")
    run("ip", "-n", host.name, "addr", "add", f"{host.ipv6}/64", "dev", "eth0", "nodad")
    run("ip", "-n", host.name, "route", "add", "default", "via", scenario.router_ipv4)
    run("ip", "-n", host.name, "-6", "route", "add", "default", "via", scenario.router_ipv6)


def add_remote_host(host, number, seed):
    """A host behind a wide area link; returns the process that carries its packets."""
    add_namespace(host.name)
    low, high = host.round_trip
    command = [sys.executable, "-m", "laboratory.wide_area_link", ROUTER, f"wan{number}", host.name, "wan0",
               str(low / 2), str(high / 2), str(seed)]
    link = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if link.stdout.readline().strip() != "ready":
        raise RuntimeError(f"the wide area link of {host.name} did not come up")
    for namespace, device in ((ROUTER, f"wan{number}"), (host.name, "wan0")):
        run("ip", "-n", namespace, "link", "set", device, "up")
    run("ip", "-n", ROUTER, "route", "add", f"{host.ipv4}/32", "dev", f"wan{number}")
    run("ip", "-n", ROUTER, "-6", "route", "add", f"{host.ipv6}/128", "dev", f"wan{number}")
    run("ip", "-n", host.name, "addr", "add", f"{host.ipv4}/32", "dev", "wan0")
    run("ip", "-n", host.name, "addr", "add", f"{host.ipv6}/128", "dev", "wan0", "nodad")
    run("ip", "-n", host.name, "route", "add", "default", "dev", "wan0")
    run("ip", "-n", host.name, "-6", "route", "add", "default", "dev", "wan0")
    return link


def build(scenario):
    """Builds all of it; returns the processes of the wide area links."""
    add_router(scenario)
    links = []
    for number, host in enumerate(scenario.hosts):
        if host.round_trip is None:
            add_local_host(scenario, host, number)
        else:
            links.append(add_remote_host(host, number, scenario.seed + number))
    return links
