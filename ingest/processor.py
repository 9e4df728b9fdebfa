"""Which numbers this processor multiplies fastest."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

_PROCESSORS = Path("/proc/cpuinfo")  # as Linux tells; where it is not there, nothing is known
_TILES_OF_BYTES = "amx_int8"


class Arithmetic(StrEnum):
    """How a model multiplies: numbers of 32 bits, or each of them as two whole numbers of 8 bits."""

    FLOATS = "floats"
    BYTES = "bytes"


def fastest() -> Arithmetic:
    """Bytes where the processor multiplies whole tiles of them at once (Intel's AMX), else numbers of 32 bits."""
    told = _PROCESSORS.read_text() if _PROCESSORS.is_file() else ""
    return Arithmetic.BYTES if _TILES_OF_BYTES in told.split() else Arithmetic.FLOATS
