"""Tests of the store, in a file and in a database."""
