"""Counted goods that the table does not know: their own words, in their base form as it stands."""

from mistok.reading.aid.cues import verb_of
from mistok.reading.aid.goods import singular
from mistok.reading.aid.words import Word

_MOST_WORDS = 4
_ENDS = {
    "en": frozenset(
        """of for to from in on at with by and or that which who as per were was are is have has
        had will would into between after before during since over more than each than not the
        this these those its their""".split()
    ),
    "uk": frozenset("з із для від до на у в та і й що які який яка було були буде а але".split()),
    "de": frozenset(
        "von für an nach in im mit und oder die der das den dem zu wurden sind".split()
    ),
    "pl": frozenset("z ze dla od do na w i oraz które który która które to a ale".split()),
}
_NO_GOODS = {
    "en": """people person persons resident inhabitant citizen child children pupil student family
        refugee visitor guest doctor expert volunteer firefighter soldier woman women
        man men member deputy councillor mayor delegate participant year month week day
        hour minute time city cities town village community municipality region country
        state district place point percent cent vote party school home house building
        apartment hospital kindergarten kilometre kilometer mile km agreement partner
        project meeting visit event convoy delegation representative official teacher
        patient victim century degree game match seat goal team route line street flat
        storey floor hectare round session minute night trip country half third step
        million thousand company firm organisation stop half-year summer winter spring
        autumn flag alliance bridge signature capital agreement treaty neighbour move
        breakdown mug cup word language name song concert photo picture painting article
        anniversary decade player journalist driver worker employee specialist colleague
        staff side thing other area field way pair""",
    "uk": """люд осіб особ жител мешкан дит діт учн студент сім родин біжен переселен гост лікар
        волонтер рятувальник пожежник військов депутат міст громад держав країн облас
        район рок рік місяц тижд тижн день дні днів годин хвилин раз відсот метр
        кілометр км будин квартир шкіл лікарен голос учасник делегац партнер угод проєкт
        проект меморандум столиц прапор мер побратим партнерств літ пункт хвор пацієнт""",
    "de": """mensch leute person einwohner bürger kind schüler student famili geflüchtet flüchtling
        gäst ärzt arzt expert helfer soldat frau männer mitglied rat jahr monat woche
        tag stund minut mal stadt städt gemeind land länder ort prozent stimm schul häus
        haus gebäud wohnung kilomet km partner projekt delegation teilnehm krankenhäuser
        klinik euro verletzt tot uhr fraktion abgeordnet panne becher unterschrift
        hauptstadt brück nation sprach vertrag verträge bürgermeister grad""",
    "pl": """osób osob os mieszkań ludz ludzi dzieci dziec uczni student rodzin uchodźc goś lekarz
        wolontariusz strażak żołnierz kobiet radn lat rok miesi tygod dni dzień godzin
        minut raz miast gmin kraj wojew powiat procent głos szkół szkoł dom budyn
        mieszkan kilomet km partner projekt deleg uczestnik um umow porozumi podpis
        stolic flag języ uchwał mecz bram szpital koncert zespoł""",
}
_STOP = {lang: tuple(told.split()) for lang, told in _NO_GOODS.items()}
_EXACT = frozenset(_NO_GOODS["en"].split())


def unnamed_at(words: list[Word], place: int, lang: str) -> tuple[str, int] | None:
    """Name what is counted at a word and give the place after it; None for persons, years, places.

    English names end at a preposition or verb, German ones at their noun, the others at the second
    word that is no adjective.
    """
    names: list[Word] = []
    for word in words[place : place + _MOST_WORDS]:
        ends = word.sign or word.number or word.mention is not None or word.low in _ENDS[lang]
        if ends or verb_of(lang, word.low) or len(word.low) < 2:
            break
        names.append(word)
        if lang == "de" and word.text[0].isupper():
            break
        if lang in ("uk", "pl") and not _adjective(word.low, lang):
            break
    if not names or _is_no_goods(names[-1].low, lang):
        return None
    if lang == "en" and (len(names) > 3 or not names[-1].low.endswith("s")):
        return None
    if lang == "en" and names[0].text[0].isupper():
        return None
    if lang in ("uk", "pl") and (len(names[-1].low) < 5 or names[-1].text[0].isupper()):
        return None
    if lang == "de" and not names[-1].text[0].isupper():
        return None
    told = [word.text for word in names]
    if lang == "en":
        told[-1] = singular(told[-1])
    return " ".join(told), place + len(names)


def _adjective(low: str, lang: str) -> bool:
    if lang == "uk":
        return low.endswith(("их", "іх", "ий", "ій", "ою", "ими", "ого", "ні", "ові", "ські", "ну"))
    return low.endswith(("ych", "ich", "ymi", "imi", "owe", "ne", "kie", "ckie", "ową", "ną", "wy"))


def _is_no_goods(low: str, lang: str) -> bool:
    if lang == "en":
        return singular(low) in _EXACT or low in _EXACT or low.endswith(("ly", "ed", "ing"))
    return low.startswith(_STOP[lang])
