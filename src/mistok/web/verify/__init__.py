"""Pages on which anybody checks whether a letter is genuine."""
