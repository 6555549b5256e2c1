"""A link with delay, jitter and a little loss between two namespaces, since not every kernel has netem.

usage: wide_area_link NAMESPACE DEVICE NAMESPACE DEVICE LOW HIGH SEED (one-way delay in seconds)
Both ends are tun devices held by this process; packets keep their order in each direction.
"""

import collections
import ctypes
import fcntl
import os
import random
import select
import struct
import sys
import time

LOSS = 0.002
QUEUE_LIMIT = 2_000
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN_WITHOUT_HEADER = 0x0001 | 0x1000


def enter(namespace):
    """Moves this process into a network namespace."""
    library = ctypes.CDLL(None, use_errno=True)
    with open(f"/run/netns/{namespace}", encoding="ascii") as file:
        if library.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter namespace {namespace}")


def open_tun(namespace, device):
    """Creates a tun device in a namespace; the descriptor works from any namespace."""
    enter(namespace)
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH22x", device.encode(), IFF_TUN_WITHOUT_HEADER))
    return descriptor


def carry(ends, low, high, rng):
    """Passes packets between the two ends until the process is ended."""
    queues = {end: collections.deque() for end in ends}
    opposite = {ends[0]: ends[1], ends[1]: ends[0]}
    while True:
        due = min((queue[0][0] for queue in queues.values() if queue), default=None)
        wait = None if due is None else max(0.0, due - time.monotonic())
        readable, _, _ = select.select(ends, [], [], wait)
        now = time.monotonic()
        for end in readable:
            queue = queues[opposite[end]]
            packet = os.read(end, 2048)
            if rng.random() >= LOSS and len(queue) < QUEUE_LIMIT:
                earliest = queue[-1][0] if queue else 0.0
                queue.append((max(earliest, now + rng.triangular(low, high, low)), packet))
        for end, queue in queues.items():
            while queue and queue[0][0] <= now:
                try:
                    os.write(end, queue.popleft()[1])
                except OSError:
                    pass  # The device is down: the packet is lost, as on any broken link.


def main():
    first = open_tun(sys.argv[1], sys.argv[2])
    second = open_tun(sys.argv[3], sys.argv[4])
    print("ready", flush=True)
    carry([first, second], float(sys.argv[5]), float(sys.argv[6]), random.Random(int(sys.argv[7])))


main()
