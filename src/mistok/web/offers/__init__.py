"""Pages of offers: the board, one offer with suggestions."""
