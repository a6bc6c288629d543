"""The page of notices and the choice how to be told."""
