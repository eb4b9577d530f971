"""Reports to stories, stories to dossiers: pure functions over briefs."""
