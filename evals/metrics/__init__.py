"""Measures as named pure functions, each with its formula and its edge cases."""
