"""Puts the builder, which lies beside its sources and not in a package of the product, within reach of the tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "corpus" / "_sources"))
