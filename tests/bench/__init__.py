"""Measurements beside their goals: `python -m tests.bench [PART ...] [--json FILE]`.

Everything is given as a ratio or beside a peer from the same run on the same machine. Goals are reported, never
asserted.
"""
