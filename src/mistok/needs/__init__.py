"""Needs, letters of appeal, offers: what a municipality lacks, asks for, is promised and can give.

Belongs here: the catalogue of common items with units and amounts (`items`, pure), the reading of
spreadsheets (`importing`, pure), the wartime guard over free text (`scanning`, pure), lines of
needs with their states and conservation (`lines`), letters of appeal (`appeals`), answers,
commitments and offers (`answers`), and their records (`models`).
Does not belong here: finding a partner (partnering), consignments and customs (aid), projects of
recovery (recovery), and how pages look (web).
"""
