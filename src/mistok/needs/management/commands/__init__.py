"""Commands of the room needs."""
