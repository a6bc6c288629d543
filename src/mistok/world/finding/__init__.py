"""Finding a place by any name: from what was written to the places that may be meant."""
