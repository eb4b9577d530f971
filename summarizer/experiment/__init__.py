"""From a suite to a run to scores, and from two runs to a verdict."""
