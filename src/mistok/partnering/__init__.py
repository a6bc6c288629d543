"""Finding a partner: the registry's ties and the world's places, put before the matching library.

Belongs here: gathering what a search needs, running it, telling reasons in sentences.
Does not belong here: how scores come about (matching), or how results look (web).
A suggestion is never a decision: municipalities decide.
"""
