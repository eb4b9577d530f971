"""Grounding: every wording, number and date of a draft is looked for in the report it claims to come from."""
