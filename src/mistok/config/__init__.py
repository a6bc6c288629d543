"""The gate: settings, addresses, server, and the `mistok` command; the only room that sees all.

Belongs here: how the rooms are put together and operated.
Does not belong here: any rule of the field, any page.
"""
