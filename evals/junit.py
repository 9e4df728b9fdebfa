"""Rulings of the gate as JUnit XML, which any CI shows."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from evals.gate import Ruled, Ruling


def junit(rulings: Sequence[Ruled]) -> str:
    """One suite with a test case for every question and figure; a known failure counts as skipped."""
    suite = ElementTree.Element(
        "testsuite",
        name="evals gate",
        tests=str(len(rulings)),
        failures=str(sum(ruled.red for ruled in rulings)),
        skipped=str(sum(ruled.ruling is Ruling.KNOWN_FAILURE for ruled in rulings)),
        errors="0",
        time=_seconds(sum(ruled.milliseconds for ruled in rulings)),
    )
    for ruled in rulings:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"evals.{ruled.group or 'questions'}",
            name=ruled.name,
            time=_seconds(ruled.milliseconds),
        )
        if ruled.red:
            ElementTree.SubElement(case, "failure", type=ruled.ruling.value, message=ruled.reason)
        elif ruled.ruling is Ruling.KNOWN_FAILURE:
            ElementTree.SubElement(case, "skipped", message=f"known failure: {ruled.reason}")
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1e3:.3f}"
