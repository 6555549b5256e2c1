"""Proxy command of the ssh client: dials from a given local port and hands the open socket over to ssh.

usage: dial.py ADDRESS PORT LOCAL_PORT, with ssh -o ProxyUseFdpass=yes
"""

import socket
import sys


def main():
    address, port, local_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.bind(("", local_port))
        sock.connect((address, port))
        with socket.socket(fileno=1) as ssh:
            socket.send_fds(ssh, [b"\0"], [sock.fileno()])


main()
