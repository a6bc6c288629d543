"""Pages of offices: who speaks for a municipality, its desk, and those who verify it."""
