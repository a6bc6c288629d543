"""The starter registry: facts read from public pages, shipped with the project.

Facts and figures only, in our own words; every row names its source. docs/reference/starter.md
describes the columns.
"""
