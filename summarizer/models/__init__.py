"""The typed stages of a report: `Document`, `Draft`, `Brief`."""
