"""Pairs of texts for measuring copies: releases as papers change them, and what is no copy.

A copy is made of a text as editors do it: another headline, a dateline and an agency's mark, parts
cut away, own paragraphs added, furniture of a page around it, a sentence put otherwise. What is no
copy: other articles about the very same event, written anew, most with the same quotation; and
other texts of the same language.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data" / "reading"
HEADLINES = {
    "en": "Good news for both cities\n\n",
    "uk": "Добра новина для обох громад\n\n",
    "de": "Gute Nachricht für beide Städte\n\n",
    "pl": "Dobra wiadomość dla obu miast\n\n",
}
DATELINES = {
    "en": "KYIV, 12 March (Agency) – 14:05. ",
    "uk": "КИЇВ, 12 березня, 14:05 (Агентство). ",
    "de": "Kiew, 12. März (Agentur), 14.05 Uhr. ",
    "pl": "Kijów, 12 marca, godz. 14.05 (Agencja). ",
}
FURNITURE = {
    "en": (
        "Home | News | Sport | Weather\nShare\nAccept all cookies\n\n",
        (
            "\n\nWe use cookies so that this site works for you and so that we can count our "
            "visitors; you may change your choice at any time in the settings."
            "\nRead also\nFollow us\n"
        ),
    ),
    "uk": (
        "Головна | Новини | Спорт | Погода\nПоділитися\n\n",
        (
            "\n\nМи використовуємо файли cookie, щоб сайт працював для вас, і рахуємо "
            "відвідувачів; ви можете змінити свій вибір у налаштуваннях будь-коли."
            "\nЧитайте також\nТелеграм\n"
        ),
    ),
    "de": (
        "Startseite | Nachrichten | Sport | Wetter\nTeilen\n\n",
        (
            "\n\nWir verwenden Cookies, damit diese Seite funktioniert und wir unsere "
            "Besucher zählen können; Sie können Ihre Wahl jederzeit in den Einstellungen ändern."
            "\nLesen Sie auch\n"
        ),
    ),
    "pl": (
        "Start | Wiadomości | Sport | Pogoda\nUdostępnij\n\n",
        (
            "\n\nUżywamy plików cookie, aby strona działała i abyśmy mogli policzyć gości; "
            "swój wybór można w każdej chwili zmienić w ustawieniach.\nCzytaj także\nPolub nas\n"
        ),
    ),
}
OWN_WORDS = {
    "en": "\n\nOur readers will remember that the council talked about this matter for months. "
    "Several of them wrote letters, and the bakery on the market square baked bread for the guests "
    "without asking for payment, which the mayor's driver liked best of all.\n\nThe next open day "
    "takes place after the holidays, when the roof of the library is mended at last.",
    "uk": "\n\nНаші читачі пам’ятають, що про цю справу в раді говорили місяцями. Дехто писав "
    "листи, а пекарня на ринковій площі безкоштовно спекла хліб для гостей, який найбільше "
    "сподобався водієві.\n\nНаступний день відкритих дверей відбудеться після свят, коли нарешті "
    "полагодять дах бібліотеки.",
    "de": "\n\nUnsere Leserinnen und Leser erinnern sich, dass im Rathaus monatelang darüber "
    "gesprochen wurde. Einige schrieben Briefe, und die Bäckerei am Markt backte für die Gäste "
    "Brot, ohne Geld zu verlangen, was dem Fahrer am besten gefiel.\n\nDer nächste Tag der offenen "
    "Tür findet nach den Ferien statt, wenn das Dach der Bücherei endlich geflickt ist.",
    "pl": "\n\nNasi czytelnicy pamiętają, że w ratuszu mówiono o tej sprawie miesiącami. Niektórzy "
    "pisali listy, a piekarnia przy rynku upiekła dla gości chleb i nie wzięła zapłaty, co "
    "najbardziej spodobało się kierowcy.\n\nNastępny dzień otwarty odbędzie się po świętach, kiedy "
    "wreszcie zostanie naprawiony dach biblioteki.",
}


@dataclass(frozen=True)
class Pair:
    """Two texts, how the second came about, and whether it is a copy."""

    lang: str
    how: str
    left: str
    right: str
    copy: bool


def events() -> list[dict]:
    """Releases with other articles about the same event."""
    lines = (DATA / "same_events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def articles() -> Iterator[tuple[str, str]]:
    """Other texts with their languages: those written for measuring the reader."""
    for path in sorted(DATA.glob("own_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if len(document["text"].split()) >= 60:
                yield document["lang"], document["text"]


def variants(lang: str, text: str) -> Iterator[tuple[str, str]]:
    """The text as papers print it."""
    head, _gap, body = text.partition("\n\n")
    if len(body) < len(head):
        body = text
    paragraphs = body.split("\n\n")
    sentences = body.replace("\n\n", " ").split(". ")
    before, after = FURNITURE[lang]
    yield "headline and dateline", HEADLINES[lang] + DATELINES[lang] + body
    yield "furniture of a page", before + text + after
    yield "own paragraphs added", HEADLINES[lang] + body + OWN_WORDS[lang]
    yield "the last third cut", ". ".join(sentences[: max(2, len(sentences) * 2 // 3)])
    yield "the first half only", ". ".join(sentences[: max(2, (len(sentences) + 1) // 2)])
    yield "every third sentence cut", ". ".join(s for i, s in enumerate(sentences) if i % 3 != 1)
    yield (
        "cut and added to",
        DATELINES[lang] + ". ".join(sentences[: max(2, len(sentences) * 2 // 3)]) + OWN_WORDS[lang],
    )
    yield "paragraphs put in another order", HEADLINES[lang] + "\n\n".join(reversed(paragraphs))


def pairs() -> Iterator[Pair]:
    """All pairs: copies, the same event told anew, and other texts of one language."""
    texts: dict[str, list[str]] = {}
    for event in events():
        lang, release = event["lang"], event["release"]
        texts.setdefault(lang, []).append(release)
        for how, text in variants(lang, release):
            yield Pair(lang, how, release, text, True)
        told = [release, *event["others"]]
        for left, right in combinations(told, 2):
            yield Pair(lang, "the same event told anew", left, right, False)
    for lang, text in articles():
        texts.setdefault(lang, []).append(text)
        for how, copy in variants(lang, text):
            yield Pair(lang, how, text, copy, True)
    for lang, several in texts.items():
        for left, right in combinations(several, 2):
            yield Pair(lang, "another text", left, right, False)
        before, after = FURNITURE[lang]
        dressed = [f"{before}{text}{after}" for text in several]
        for left, right in pairwise(dressed):
            yield Pair(lang, "another text on a page of the same paper", left, right, False)
