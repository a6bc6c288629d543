"""Pages on which texts are read, and proposals reviewed."""
