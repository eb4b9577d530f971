"""Scores of briefs against hand-labelled references: pure functions and plain records."""
