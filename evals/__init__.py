"""Measures of retrieval and answers, and the gate that decides what may ship."""
