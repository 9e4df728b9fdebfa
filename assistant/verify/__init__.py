"""Whether what an engine says is borne out by the passages that it cites; `check.verified` is the way in."""
