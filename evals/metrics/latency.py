"""How long things take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The value that `percent` per cent of the values do not exceed.

    Values in order are numbered 0 to n − 1; the result stands at (n − 1) · percent / 100, between two values in
    proportion. None without values.
    """
    return float(np.percentile(values, percent)) if len(values) else None
