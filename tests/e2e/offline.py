"""Runs a command where no connection leaves the machine: `python -m tests.e2e.offline COMMAND…`.

In a network namespace of its own where the system allows one, which has the loopback interface and nothing else.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


def isolate() -> None:
    """Leaves the network.

    Raises:
        OSError: the system allows no namespace.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0 and libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace")
    with socket.socket() as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, _GET_FLAGS, request))[1]
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def main() -> None:
    isolate()
    with socket.socket() as outside:
        outside.settimeout(2)
        if outside.connect_ex(("192.0.2.1", 80)) == 0:
            raise SystemExit("a connection left the machine")
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
