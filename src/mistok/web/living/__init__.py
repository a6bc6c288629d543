"""Pages on which offices tell the life of their ties, confirm what is told, and end many."""
