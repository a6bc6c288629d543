"""Whether the words around a date look ahead ("will be signed on Friday") or back."""

import re

_AHEAD = {
    "en": r"""(?:will|shall|would|'ll|(?:is|are)\s(?:\w+\s)?to|(?:is|are)\s(?:being\s)?(?:planned
        |scheduled|expected|due|set|going)|plans?|planned|scheduled|intends?|next|coming
        |upcoming|hopes?|expects?)""",
    "uk": r"""(?:буде|будуть|план\w+|має|мають|наступн\w+|найближч\w+|очіку\w+|запланован\w+
        |підпишуть|підпише|відбудеться|передасть|передадуть|прибуде|прибудуть|розгляне
        |розглянуть|ухвалить|затвердить|приїде|приїдуть)""",
    "de": r"""(?:wird|werden|soll|sollen|will|wollen|plan\w+|geplant|kommend\w+|nächst\w+
        |vorgesehen|steht|stehen|beabsicht\w+)""",
    "pl": r"""(?:będzie|będą|ma|mają|planuj\w+|planowan\w+|zaplanowan\w+|przyszł\w+|najbliższ\w+
        |następn\w+|zostanie|zostaną|podpisze|podpiszą|odbędzie|przekaże|przekażą|trafi|trafią
        |dotrze|dotrą|zagłosuj\w+|zdecyduj\w+)""",
}
_BACK = {
    "de": r"(?:worden|wurde|wurden|hat|haben|hatte|hatten)",
    "en": r"(?:was|were|has|have|had|\w{3,}ed)",
    "uk": r"(?:\w{3,}(?:ли|ла|ло|в|вся|лася|лися|лося|но|то))",
    "pl": r"(?:\w{3,}(?:ł|ła|ło|li|ły)|\w{3,}(?:no|to))",
}
_CLAUSE_END = re.compile(
    r"[;:()–—]|,\s|\s(?:that|dass|що|że|which|who|and|und|і|та|i|while)\s", re.IGNORECASE
)
_WIDTH = 120

AHEAD = {
    lang: re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE | re.VERBOSE)
    for lang, words in _AHEAD.items()
}
BACK = {lang: re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) for lang, words in _BACK.items()}


def leans(text: str, start: int, end: int, upto: tuple[int, int], lang: str) -> int:
    """Tell 1 when the clause around a date looks ahead, -1 when it looks back, else 0.

    `upto` is the sentence's start and end. A clause that has both kinds of words looks ahead only
    when no word looks back after it begins.
    """
    left = text[max(upto[0], start - _WIDTH) : start]
    right = text[end : min(upto[1], end + _WIDTH)]
    breaks = [found.end() for found in _CLAUSE_END.finditer(left.rstrip(" ,("))]
    left = left[breaks[-1] :] if breaks else left
    stop = _CLAUSE_END.search(right.lstrip(" ,)"))
    right = right[: stop.start() + 2] if stop else right
    clause = f"{left} {right}"
    if not AHEAD[lang].search(clause) and not BACK[lang].search(clause):
        # "On Wednesday the council and the mayor will welcome": the verb stands after "and".
        clause = text[end : min(upto[1], end + _WIDTH)]
    if AHEAD[lang].search(clause):
        return 1
    return -1 if BACK[lang].search(clause) else 0
