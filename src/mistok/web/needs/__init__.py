"""Pages of needs: the board, one need with its talk, writing, copying and importing lines."""
