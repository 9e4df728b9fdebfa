"""Comparisons of speed, memory and quality, side by side in one run, each started with one command."""
