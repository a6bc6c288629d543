"""The door of people: pages, forms, templates, the style sheet, the map.

Belongs here: HTTP, what a page shows and in which words, the making of the page assets.
Does not belong here: rules, writes, queries that another door might need (see the rooms below).
"""
