"""Projects that a text reports: who commits to build, rebuild, repair or equip what for whom.

Belongs here: works and commitments, and what is no commitment. Does not belong here: goods and
money given (aid), and what becomes of a project (the registry).
"""

from mistok.reading.projects.finding import projects_in

__all__ = ["projects_in"]
