"""Tests of the scores of briefs."""
