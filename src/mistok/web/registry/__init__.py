"""Pages of the registry: places, ties, sources, the sweep."""
