"""Builds the PDF, DOCX and HTML documents of the corpus from their Markdown sources; `--check` only compares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder.document import SourceError
from builder.outputs import differing, expected_files, write_files


def main() -> int:
    """Builds or checks; 0 is done or equal, 1 is files that differ, 2 is a source that cannot be built."""
    arguments = _parser().parse_args()
    try:
        files = expected_files(arguments.corpus)
    except SourceError as error:
        sys.stderr.write(f"Cannot build: {error}\n")
        return 2
    changed = differing(arguments.corpus, files)
    names = "".join(f"\n  {path.relative_to(arguments.corpus)}" for path in changed)
    if not changed:
        sys.stdout.write("All built files are as the sources make them.\n")
        return 0
    if arguments.check:
        sys.stdout.write(f"Not as the sources make them, run `make corpus`:{names}\n")
        return 1
    write_files(files, changed)
    sys.stdout.write(f"Built:{names}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that differ and exit 1")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[1], help="the corpus folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
