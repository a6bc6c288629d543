"""Pages of procedures: both sides' tracks, acts on steps, papers, plans; for members only."""
