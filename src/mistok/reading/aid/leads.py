"""Words before a name that say who gives and who gets, in the four languages."""

_LEADS = {
    "en": {
        "from": "from",
        "by": "by",
        "to": "to for into towards",
        "at": "in at near on",
        "with": "with between about",
        "none": "via through across besides than like",
    },
    "uk": {
        "from": "від з із зі",
        "to": "до для",
        "at": "на у в",
        "none": "через крім окрім під",
        "with": "між про",
    },
    "de": {
        "from": "von vom aus",
        "by": "durch seitens",
        "to": "an ans nach für zum zur zugunsten",
        "at": "in im bei",
        "with": "mit zwischen über",
        "none": "neben außer",
    },
    "pl": {
        "from": "od z ze",
        "by": "przez",
        "to": "do dla",
        "at": "na w we",
        "none": "oprócz poza",
        "with": "między o",
    },
}
LEADS = {
    lang: {word: role for role, words in told.items() for word in words.split()}
    for lang, told in _LEADS.items()
}
"""What a word leads to: `from` and `by` a giver, `to` a receiver, `at` a place, `with` neither."""

GIVEN = {
    "uk": """місту громаді області столиці мешканцям жителям лікарні партнерам побратиму побратимам
        району містянам рятувальникам пожежникам сусідам""",
    "pl": """miastu gminie mieszkańcom szpitalowi partnerom strażakom powiatowi obwodowi
        rejonowi stolicy""",
    "de": "der dem den unserer ihrer seiner",
    "en": "",
}
"""Words before a name that say in their form that it gets something."""
