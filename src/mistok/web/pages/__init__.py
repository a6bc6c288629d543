"""The home page, the data page, about, health, and pages for errors."""
