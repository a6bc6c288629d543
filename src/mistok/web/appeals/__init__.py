"""Pages of letters of appeal: the register, the editor with its preview, the story of a letter."""
