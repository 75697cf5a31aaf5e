"""A long line between this machine and a network namespace of its own, for Tests/Benchmarks/queue/Long.

    line.py NAMESPACE DELAY_MS LOSS_PERCENT

Packets arrive so much later at the other end, and some never; this end is 10.77.0.1 and the other 10.77.0.2. It says
"open" when they do, and takes everything away when its standard input ends. Only root may run it.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def end(name, own, other):
    """One end of the line, in the namespace in which we are."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    ip("address", "add", own, "peer", other, "dev", name)
    ip("link", "set", name, "up")
    return descriptor


def enter(namespace):
    if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), 0) != 0:
        raise OSError(ctypes.get_errno(), namespace.name)


def carry(ends, delay, loss):
    """Hands packets on until the standard input ends."""
    waiting, count = [], 0
    while True:
        pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        ready, _, _ = select.select([*ends, sys.stdin], [], [], pause)
        if sys.stdin in ready and not os.read(0, 1):
            return
        for descriptor in set(ready) & set(ends):
            for _ in range(64):
                try:
                    packet = os.read(descriptor, 65536)
                except BlockingIOError:
                    break
                if random.random() >= loss:
                    count += 1
                    heapq.heappush(waiting, (time.monotonic() + delay, count, ends[descriptor], packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, other, packet = heapq.heappop(waiting)
            try:
                os.write(other, packet)
            except BlockingIOError:
                pass


def main():
    namespace, delay, loss = sys.argv[1], float(sys.argv[2]) / 1000, float(sys.argv[3]) / 100
    ip("netns", "add", namespace)
    try:
        near = end("meridian-near", "10.77.0.1", "10.77.0.2")
        with open("/proc/self/ns/net") as here, open("/var/run/netns/" + namespace) as there:
            enter(there)
            far = end("meridian-far", "10.77.0.2", "10.77.0.1")
            enter(here)
        print("open", flush=True)
        carry({near: far, far: near}, delay, loss)
    finally:
        ip("netns", "delete", namespace)


main()
