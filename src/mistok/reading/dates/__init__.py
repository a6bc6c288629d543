"""Dates that a text tells, in English, Ukrainian, German and Polish.

Belongs here: finding them, and making them certain by the text's own date or by a date next to
them. Does not belong here: which fact a date is of (ties, aid), and the text's own date (intake).
"""

from mistok.reading.dates.resolving import dates_in

__all__ = ["dates_in"]
