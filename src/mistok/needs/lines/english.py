"""The sentences of the pure rooms (items, importing, scanning), for translators, by code.

These rooms know no framework and speak English. A test holds every sentence here against what
they say, so that neither changes alone. Where a code has several sentences, the first that fits
is meant. What is between %( and )s is taken over; `units`, `unit`, `fields`, `kind`, `separator`
and `choices` are words themselves and are translated too.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

AMOUNT: Final[Mapping[str, str]] = {
    "amount_not_a_number": _("The amount “%(value)s” is not a number. Write one in digits."),
    "amount_negative": _("The amount “%(value)s” is below zero. Write an amount above zero."),
    "amount_zero": _(
        "The amount “%(value)s” is no amount to ask for. Write an amount above zero, or leave the "
        "line out."
    ),
    "amount_too_large": _(
        "The amount “%(value)s” is more than %(most)s, which nobody can send. Write the amount "
        "that you need."
    ),
    "amount_too_fine": _(
        "The amount “%(value)s” has more than %(places)s decimal places. Round it, or take a "
        "smaller unit."
    ),
    "amount_not_whole": _(
        "The amount “%(value)s” cannot be: %(units)s come in whole numbers. Write a whole number."
    ),
    "amount_missing": _("The amount is missing. Write how many, for example 8 pcs or 2,5 t."),
    "amount_about": _(
        "The amount “%(value)s” is only about so much. Write the exact amount that you ask for."
    ),
    "amount_bound": _(
        "The amount “%(value)s” says only how much at least or at most. Write the exact amount "
        "that you ask for."
    ),
    "amount_range": _(
        "The amount “%(value)s” is a range. Which amount do you ask for? Write one number, and the "
        "rest as a note."
    ),
    "amount_several": _(
        "The amount “%(value)s” holds more than one amount. Write a line for each, with one number "
        "and one unit."
    ),
    "amount_exponent": _(
        "The amount “%(value)s” is written with a power of ten. Write all its digits."
    ),
    "amount_ambiguous": _(
        "The amount “%(value)s” can be read as %(one)s or as %(other)s. Which one is it? Write "
        "%(whole)s or %(clear)s."
    ),
    "unit_missing": _(
        "The amount has no unit. Write one after the number, for example pcs, kg, l or boxes."
    ),
    "unit_unknown": _(
        "“%(value)s” is not a unit in our list. Write one that is, for example pcs, kg, t, l, m, "
        "m², boxes or sets."
    ),
    "unit_ambiguous": _("“%(value)s” can mean %(choices)s. Which one is it? Write it in full."),
    "unit_conflict": _(
        "The amount “%(value)s” has another unit than the column of units. Write the unit once."
    ),
    "conversion_impossible": _(
        "%(value)s cannot be turned into %(units)s: nobody knows how many go into one. Write the "
        "number of %(unit)s itself."
    ),
    "conversion_inexact": _(
        "%(value)s has no exact value in %(units)s. Keep the unit, or round the value yourself."
    ),
}
MALFORMED: Final = (
    _("The amount “%(value)s” is too long. Write one number and one unit."),
    _(
        "The amount “%(value)s” cannot be read. Write one number in digits and its unit, for "
        "example 12 pcs."
    ),
    _(
        "The amount “%(value)s” is not a number that we can read. Write it in digits, for example "
        "12 or 2,5."
    ),
    _(
        "The cell holds %(value)s, which is no amount: spreadsheet programs turn 5-7 into a day. "
        "Write one number."
    ),
)
CATALOGUE: Final[Mapping[str, str]] = {
    "item_unknown": _(
        "The catalogue has no item “%(value)s”. Choose one from the catalogue, or describe the "
        "thing in words without an item."
    ),
    "cluster_unknown": _("“%(value)s” is not a category in our list. Choose one of %(codes)s."),
    "specification_unknown": _(
        "There is no field “%(value)s” of a specification. Write it into the text instead."
    ),
    "catalogue_broken": _("The catalogue of items cannot be used: %(value)s Mend the files."),
}
CELLS: Final[Mapping[str, str]] = {
    "item_missing": _("It is not told what is needed. Name the thing."),
    "text_too_long": _("The cell holds more than %(most)s letters. Shorten the text."),
    "priority_unknown": _("“%(value)s” is not a priority. Write life-saving, urgent or important."),
    "date_past": _("The day %(value)s is over. Write a day to come, or leave the cell empty."),
    "date_ambiguous": _(
        "“%(value)s” can be %(one)s or %(other)s of %(year)s. Which one is it? Write the year "
        "first, for example %(example)s."
    ),
    "date_unknown": _(
        "“%(value)s” is not a day that we can read. Write day, month and year, for example "
        "15.12.2026; how urgent it is goes into the priority."
    ),
    "value_negative": _("The value “%(value)s” is below zero. Write a value above zero."),
    "value_too_large": _(
        "The value “%(value)s” is more than any budget. Write the value of this line."
    ),
    "value_too_fine": _(
        "The value “%(value)s” has more than two decimal places. Round it to cents."
    ),
    "value_malformed": _(
        "The value “%(value)s” is not a value. Write one number, for example 1500."
    ),
    "currency_unknown": _(
        "“%(value)s” is not a currency that we know. Write its code, for example UAH, EUR or USD."
    ),
    "currency_missing": _(
        "The value “%(value)s” has no currency. Write its code, for example UAH, EUR or USD."
    ),
    "formula_without_value": _(
        "The cell holds a formula whose result is not stored in the file. Open the file, save it "
        "again in a spreadsheet program, or write the value itself."
    ),
    "cell_error": _("The cell shows the error %(value)s. Write the value itself."),
}
TABLE: Final[Mapping[str, str]] = {
    "columns_missing": _(
        "No column was found for %(fields)s. Say which columns they are, or copy the rows into our "
        "template."
    ),
    "field_unknown": _("“%(value)s” is not a field of a line. Choose one of the list."),
    "field_twice": _("Two columns are chosen for “%(value)s”. Choose one column for each field."),
    "language_unknown": _(
        "There is no template in the language “%(value)s”. Choose one of %(codes)s."
    ),
    "table_old_excel": _(
        "The file is of an old Excel (XLS) or protected by a password. Save it as XLSX without a "
        "password, and send it again."
    ),
    "table_other_kind": _(
        "The file is %(kind)s, not a spreadsheet. Send XLSX, ODS or CSV, or fill in our template."
    ),
    "table_empty": _("The file holds no rows. Fill in our template, and send it."),
    "table_broken": _(
        "The file cannot be read as a spreadsheet: it is damaged or of another kind. Open it in "
        "your spreadsheet program, save it as XLSX, and send it again."
    ),
    "table_locked": _(
        "The file is protected by a password. Save it without one, and send it again."
    ),
    "table_unsafe": _(
        "The file holds declarations that no spreadsheet program writes, so it is not read. Copy "
        "the rows into our template, and send that."
    ),
    "table_not_text": _(
        "The file is neither a spreadsheet nor a text table. Send XLSX, ODS or CSV."
    ),
    "table_too_many_rows": _("The sheet has more than %(most)s rows. Split it into several files."),
}
TOO_LARGE: Final = (
    _(
        "The file is larger than %(most)s MB when unpacked. Copy the rows into our template, "
        "without pictures and formats, and send that."
    ),
    _(
        "The file is larger than %(most)s MB. Copy the rows into our template, without pictures "
        "and formats, and send that."
    ),
)
NOTES: Final[Mapping[str, str]] = {
    "columns_left_out": _("Only the first %(most)s columns were read."),
    "macros_ignored": _("The file holds macros. They were not carried out, and are not kept."),
    "one_sheet": _("Only the sheet “%(value)s” was read, and not: %(others)s."),
    "read_as": _("The text was read in the encoding %(value)s with %(separator)s between columns."),
    "example_row": _("This is the example of our template."),
    "total_row": _("This row holds totals."),
    "numbers_of_columns": _("This row holds the numbers of columns."),
    "heading_again": _("This row repeats the heading."),
}
GUARD: Final[Mapping[str, str]] = {
    "date_unbounded": _(
        "“%(value)s” says before or after, so it has no %(grain)s. Give the date itself."
    ),
    "place_without_country": _(
        "“%(value)s” lies in nothing that could be shown instead. Choose a place in a country."
    ),
    "weight_malformed": _("“%(value)s” is no weight. Give kilograms, zero or more."),
}
SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    **{
        code: (sentence,)
        for room in (AMOUNT, CATALOGUE, CELLS, TABLE, NOTES, GUARD)
        for code, sentence in room.items()
    },
    "amount_malformed": MALFORMED,
    "table_too_large": TOO_LARGE,
}

KINDS: Final = (
    _("a PDF"),
    _("an RTF document"),
    _("a picture"),
    _("a web page"),
    _("an XML file"),
    _("a binary workbook (XLSB)"),
    _("a text document"),
)
SEPARATORS: Final = (_("semicolons"), _("commas"), _("tabs"), _("bars"))
