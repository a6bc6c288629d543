"""Commands of the aid room."""
