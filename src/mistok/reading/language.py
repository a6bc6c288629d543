"""Which language a text is in: script first, then small words and letters, a model where unsure.

The small words and the letters settle nearly every text in some tens of microseconds. The model
(py3langid) is loaded only for a text that they leave open, since loading it takes half a second.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

_SAMPLE = 1200
_LOOKED_AT = 12_000
_LONG_LINE = 80
_KANA = re.compile("[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_]+")

# Words of other languages that share a script, so that none of these is taken for one of ours.
_SMALL_WORDS = {
    "en": "the of and to in is was that for with by on at from has have been their its which will "
    "are were this also as be an it not said who between after he she they his her into",
    "de": "der die das und ist mit von den dem im für auf des ein eine einer einen nicht sich auch "
    "wird wurde zu zum zur bei nach aus sind hat haben über als noch wie es sie er werden",
    "pl": "i w z na do się jest oraz że nie przez od dla są był była było który która które tym "
    "jak po przy już także może będzie ze we tej tego jego roku został miasta gminy umowę",
    "cs": "a v se na je že s z do k byl byla jsou pro jako které který také od ve při nebo své "
    "jeho až již podle mezi však města rámci",
    "sk": "a v sa na je že s z do k bol bola sú pre ako ktoré ktorý tiež od vo pri alebo svoje "
    "jeho až už podľa medzi však mesta rámci aj",
    "fr": "le la les de des du et en est un une que qui dans pour par sur au aux avec ce cette "
    "sont été pas plus entre ont ses il elle",
    "ro": "și de la în a cu din pe care este un o au fost pentru prin sau mai ale al sunt dintre "
    "că se fi acest această orașul",
    "nl": "de het een van en in is op te dat voor met zijn niet aan er ook om bij door naar uit "
    "wordt werd worden heeft tussen",
    "es": "el la los las de y en que un una es por con para del al se su como más entre ha han "
    "sobre este esta",
    "it": "il la i gli le di e che un una è per con del della dei in nel alla sono da si come più "
    "tra anche città",
    "pt": "o a os as de e que um uma é por com para do da dos das em no na se como mais entre "
    "foi são também cidade",
    "sv": "och att det som en är på för med till av den har inte ett om från var vid mellan "
    "också staden",
    "da": "og at det som en er på for med til af den har ikke et om fra var ved mellem også "
    "byen blev",
    "no": "og at det som en er på for med til av den har ikke et om fra var ved mellom også byen "
    "ble",
    "fi": "ja on ei se että oli ovat mutta kun myös kanssa hän joka sekä mukaan kaupunki välillä",
    "hu": "a az és hogy nem is egy van volt meg ez azt mint csak város között szerint lesz",
    "lt": "ir yra kad su iš į buvo tai bei per taip pat po nuo už miesto tarp",
    "lv": "un ir ka ar no uz bija tas par kā arī pēc pilsētas starp tika pie",
    "et": "ja on ei et oli see mis ka aga kui oma linna vahel ning ta",
    "hr": "i u je se na da su za s od koji koja koje kao bi grad između je također ili",
    "tr": "ve bir bu da de için ile olarak olan çok daha kadar şehir arasında",
}
_CYRILLIC_WORDS = {
    "uk": "і й та в у на з що не до за як із про від це для є був була було які який яка між під "
    "також року міста громади цього вже після щодо зі при або його її",
    "ru": "и в на с что не по за как из о от это для был была было которые который между под "
    "также года города к уже после при или его её они его об со",
    "be": "і ў у на з што не да за як пра ад гэта для быў была якія які паміж таксама горада "
    "гэтага ужо пасля ён яна",
    "bg": "и на в с за да се от е са не по ще като които който между също община града бе "
    "беше при или това",
    "sr": "и у је се на да су за од који која које као град између такође или што из",
    "mk": "и во е се на да се за од кој која кои како град меѓу исто или што со",
}
# Words of the field: a list of partners has hardly any other word that tells its language.
_FIELD_STEMS = {
    "en": ("sister", "twin", "twinned", "partnership", "agreement", "friendship"),
    "de": ("partnersta", "partnerstä", "städtepa", "partnerko", "partnerschaft", "freundschaft"),
    "pl": ("miasta", "miasto", "gmina", "partnersk", "partnerstw", "umowa", "współprac"),
    "uk": ("побратим", "партнер", "угода", "міста", "місто", "громад", "співпрац"),
}
_LETTERS = {
    "ł": "pl", "ż": "pl", "ą": "pl", "ę": "pl", "ś": "pl", "ć": "pl", "ń": "pl", "ź": "pl",
    "ß": "de", "ě": "cs", "ř": "cs", "ů": "cs", "ľ": "sk", "ŕ": "sk", "ĺ": "sk", "ș": "ro",
    "ț": "ro", "ă": "ro", "ş": "tr", "ğ": "tr", "ı": "tr", "ő": "hu", "ű": "hu", "ė": "lt",
    "į": "lt", "ų": "lt", "ļ": "lv", "ķ": "lv", "ņ": "lv", "ģ": "lv", "ā": "lv", "ē": "lv",
    "ñ": "es", "ã": "pt", "đ": "hr", "ø": "da", "ќ": "mk", "ѓ": "mk", "ђ": "sr", "ћ": "sr",
    "љ": "sr", "ї": "uk", "є": "uk", "ґ": "uk", "ў": "be", "ы": "ru", "э": "ru", "ё": "ru",
    "і": "uk", "ъ": "bg", "қ": "kk", "ң": "kk", "ғ": "kk", "ө": "kk",
}  # fmt: skip
# First and last code point of the letters of a script with one main language among our readers'
# neighbours; the languages of the other scripts are told apart by words or by the model.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1C90, 0x1CBF, "ka"),
    (0x3040, 0x30FF, "ja"),
    (0xAC00, 0xD7AF, "ko"),
    (0x4E00, 0x9FFF, "zh"),
)
_FEW_WORDS = 12
_MAIN = ["en", "de", "pl", "uk", "ru", "fr", "cs", "ro", "es", "it", "hu", "lt"]
_LATIN_MODEL = [*_SMALL_WORDS, "sl", "sq", "ga", "ca"]
_CYRILLIC_MODEL = [*_CYRILLIC_WORDS, "kk"]


def language_of(text: str) -> str:
    """Tell the ISO 639 code of a text's language, "" where it has no words to tell it by.

    A page in two languages has that of its long lines, which are the article's body: teasers and
    menus are short. Reads the beginning and the middle only; about 0.1 ms.
    """
    words = _WORD.findall(_sample(text))
    if not words:
        return ""
    latin = cyrillic = 0
    for word in words:
        if word[0] < "ɐ":
            latin += 1
        elif "Ѐ" <= word[0] <= "ԯ":
            cyrillic += 1
    if latin + cyrillic < len(words) / 2:
        return _by_script(words)
    return _among(words, latin > cyrillic)


def _sample(text: str) -> str:
    if len(text) <= _LONG_LINE * 4:
        return text
    middle = max(_LOOKED_AT // 2, len(text) // 2)
    long = "\n".join(_long_lines(text[: _LOOKED_AT // 2]))[: _SAMPLE // 2]
    long += "\n" + "\n".join(_long_lines(text[len(text) // 4 : middle]))[: _SAMPLE // 2]
    return long if len(long) >= _LONG_LINE * 2 else text[:_SAMPLE]


def _long_lines(text: str) -> Iterator[str]:
    lines = (line for line in text[:_LOOKED_AT].split("\n") if len(line) >= _LONG_LINE)
    return (line[:_SAMPLE] for line in islice(lines, 10))


def _by_script(words: list[str]) -> str:
    seen: dict[str, int] = {}
    for word in words:
        point = ord(word[0])
        for first, last, lang in _SCRIPTS:
            if first <= point <= last:
                seen[lang] = seen.get(lang, 0) + 1
                break
    if "zh" in seen and _KANA.search("".join(words)):
        return "ja"
    return max(seen, key=lambda lang: (seen[lang], lang)) if seen else ""


def _among(words: list[str], latin: bool) -> str:
    scores: dict[str, float] = {}
    table = _table(latin)
    if sum(map(str.isupper, words)) > len(words) / 2:
        words = [word.lower() for word in words]
    for word in words:
        for lang in table.get(word) or table.get(word.lower(), ()):
            scores[lang] = scores.get(lang, 0) + 1
    # Names are left out: "Łódź" and "Şişli" stand in articles of every language.
    lower = "".join([word for word in words if word[0].islower()])
    for letter in set(lower) & _LETTERS.keys():
        lang = _LETTERS[letter]
        scores[lang] = scores.get(lang, 0) + min(lower.count(letter), 4)
    if "ў" in lower and "ї" not in lower:
        return "be"  # Its other letters are those of its neighbours, too.
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    second = best[1][1] if len(best) > 1 else 0
    if best and best[0][1] >= 3 and best[0][1] >= second * 1.4 + 1:
        return best[0][0]
    if best and not second and len(words) <= _FEW_WORDS:
        return best[0][0]
    return _by_field(words) or _by_model(words, latin)


def _by_field(words: list[str]) -> str:
    """The language whose words for ties stand in a text that has no others, if it is one alone."""
    lower = [word.lower() for word in words]
    found = [
        lang
        for lang, stems in _FIELD_STEMS.items()
        if any(word.startswith(stems) for word in lower)
    ]
    return found[0] if len(found) == 1 else ""


@cache
def _table(latin: bool) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for lang, words in (_SMALL_WORDS if latin else _CYRILLIC_WORDS).items():
        for word in dict.fromkeys(words.split()):
            table[word] = (*table.get(word, ()), lang)
    return table


def _by_model(words: list[str], latin: bool) -> str:
    """Ask the model; a handful of names has no language, whatever the model makes of it."""
    if sum(word[0].islower() for word in words) <= len(words) // 20:
        return ""
    few = len(words) <= _FEW_WORDS
    return str(_model(latin, few).classify(" ".join(words))[0])


@cache
def _model(latin: bool, few: bool) -> Any:
    """The model, held to languages that are likely: a few words show no more than the main ones."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(model.labels)
    likely = (_LATIN_MODEL if latin else _CYRILLIC_MODEL) if not few else _MAIN
    model.set_languages([lang for lang in likely if lang in known])
    return model
