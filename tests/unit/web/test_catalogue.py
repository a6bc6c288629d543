"""The Ukrainian catalogue is whole, and no page says anything outside it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import django
import polib
import pytest
from django.template.base import Lexer, TokenType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

import catalogue

LANG = "uk"
PO = catalogue.read(LANG)
TEXTS = catalogue.texts()
TEMPLATES = sorted(catalogue.SOURCES.rglob("templates/**/*.html"))

# Names, codes and licences that Ukrainian writes in Latin letters too.
LATIN = set("API BY CC DE GeoNames Natural Earth Visionscarto BSD-3-Clause Apache Mistok".split())
LATIN |= set("Lviv Lwów Lemberg cookie mistok world build VIII IX".split())
# What stands in files of rounds and profiles, and on command lines.
LATIN |= set("CSV JSON UTF-8 Germany anonymous at_least capacity exclusions false floor".split())
LATIN |= set("floors key name no offerer offerers out profile role seeker seekers set".split())
LATIN |= set("share stable true yes".split())

# Signing in, papers, and examples of addresses and codes.
LATIN |= set("Aegis FreeOTP HTTPS JavaScript MISTOK_MAIL_HOST PIN-код PIN-кодом PIN-коду".split())
LATIN |= set("QR-код DOCX JPEG PDF PNG SHA-256 UTC a f en uk iCal EUR UAH R17 R22 UA UA-18".split())
LATIN |= set("iso https office city gov ua".split())

# Letters of appeal, their files and keys, spreadsheets, and offices in the words of their country.
LATIN |= set("Ed25519 HS ODS XLSX XLSB XLS XML RTF Excel USD de pl fr pem sig".split())
LATIN |= set("Bürgermeister Oberbürgermeister Landrat burmistrz bourgmestre starosta".split())
LATIN |= set("prezydent miasta wójt".split())
# Aid: its files and papers, the label of a box, and what programs of the API write.
LATIN |= set("WebP Word CMR VIN MFRG-GZDF-MY2W OpenAPI RFC UUID POST Idempotency-Key".split())
LATIN |= set("Authorization Bearer mistok_ api v1 docs items next null code message".split())
LATIN |= set("details kind I O Q".split())
# Reading: formats of pages and feeds, fields and options of imports.
LATIN |= set("HTML Atom RSS SPARQL PL money katottg geonames map title publisher page".split())
LATIN |= set("country ingest table how-to import-lists md a_name again".split())
# Names that English begins with a capital letter and Ukrainian does not.
SMALL = {"English", "French", "German", "Polish", "Ukrainian"}

# What a template may say itself: names of the project, of data, licences, a checksum, a time.
UNTRANSLATED = {"Mistok", "GeoNames", "CC BY 4.0", "UTC", "PDF", "DOCX"}
UNTRANSLATED |= {"SHA-256", "PDF, SHA-256", "DOCX, SHA-256"}
# The page for a broken server has no reader's language to ask for: it says everything twice.
BILINGUAL = {"errors/500.html"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}


def translations():
    """Every translation with the texts it stands for."""
    for entry in PO:
        for form in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            yield entry, form


def words_of(translation):
    """A translation with a nought for each placeholder, tag and piece of code."""
    return re.sub(r"%\(\w+\)(?:[sd]|\.\df)|\{\w+\}|<[^>]*>|`[^`]*`|geonames:\d+", "0", translation)


def test_texts_are_found_in_code_and_in_templates():
    kinds = {Path(name).suffix for files in TEXTS.values() for name in files}
    assert kinds == {".py", ".html", ".txt"}
    assert catalogue.Text("", "Which municipality?", "") in TEXTS
    assert catalogue.Text("", "%(n)s tie", "%(n)s ties") in TEXTS
    assert catalogue.Text("event of a tie", "Stated to exist", "") in TEXTS


def test_catalogue_holds_the_texts_of_the_sources_and_no_others():
    assert {catalogue.key(entry) for entry in PO} == set(TEXTS), "run: make messages"


def test_catalogue_on_disk_is_as_make_messages_writes_it():
    assert str(catalogue.renewed(LANG, PO)) == catalogue.po_path(LANG).read_text("utf-8")


def test_compiled_catalogue_is_the_written_one():
    compiled = catalogue.po_path(LANG).with_suffix(".mo").read_bytes()
    assert compiled == PO.to_binary(), "run: make messages"


def test_every_text_is_translated_in_every_form():
    assert catalogue.untranslated(PO) == []
    assert [entry.msgid for entry in PO if entry.fuzzy or entry.obsolete] == []


def test_plural_rule_is_djangos_own():
    path = Path(django.__file__).parent / "conf/locale/uk/LC_MESSAGES/django.po"
    assert PO.metadata["Plural-Forms"] == polib.pofile(str(path)).metadata["Plural-Forms"]


def test_every_translation_fills_in_what_its_text_fills_in():
    wrong = [
        (entry.msgid, form)
        for entry, form in translations()
        if catalogue.placeholders(form) != catalogue.placeholders(entry.msgid + entry.msgid_plural)
    ]
    assert wrong == []


def test_every_translation_keeps_the_tags_of_its_text():
    tag = re.compile(r"<[^>]*>")
    wrong = [
        form for entry, form in translations() if tag.findall(entry.msgid) != tag.findall(form)
    ]
    assert wrong == []


def test_no_foreign_word_is_left_in_a_translation():
    latin = re.compile(r"[A-Za-zÀ-ž][\w-]*")
    left = {word for _entry, form in translations() for word in latin.findall(words_of(form))}
    assert left - LATIN == set()


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r"[А-яЄІЇҐєіїґ][A-Za-z]|[A-Za-z][А-яЄІЇҐєіїґ]", "a Latin letter inside a Ukrainian word"),
        (r"[ыэъёЫЭЪЁ]", "a letter that Ukrainian does not have"),
        (r"['`ʼ]", "an apostrophe other than ’"),
        (r"[\"“”„]", "quotation marks other than « »"),
        (r"^\s|\s$|[^\S\n]\s|\s[^\S\n]", "a stray space"),
        (r" [,.;:!?]|\.\.", "a stray mark"),
    ],
)
def test_no_translation_has(pattern, what):
    found = [form for _entry, form in translations() if re.search(pattern, words_of(form))]
    assert found == [], what


def test_sentences_stay_sentences():
    """A text and its translation end alike, and begin alike where both begin with a word."""
    ends = [
        (entry.msgid, form)
        for entry, form in translations()
        if " " in entry.msgid and (entry.msgid[-1] in ".?:") != (form[-1] in ".?:")
    ]
    assert ends == []
    begins = [
        (entry.msgid, form)
        for entry, form in translations()
        if entry.msgid[0].isalpha()
        and not entry.msgid[:2].isupper()  # an abbreviation says nothing of the sentence
        and form[0].isalpha()
        and entry.msgid[0].isupper() != form[0].isupper()
        and entry.msgid not in SMALL
    ]
    assert begins == []


SAID = "qzq"
"""Stands for what Django puts in: good within text, a tag's name, an attribute."""


class Spoken(HTMLParser):
    """Collects what a reader sees or hears: text, and attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.texts += [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.texts.append(given.get("content") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def untranslated_words(source):
    """Words that a template shows as they stand, outside every tag of Django's."""
    out, inside = [], ""
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.contents.split() else ""
        if inside:
            inside = "" if token.token_type == TokenType.BLOCK and name == inside else inside
        elif token.token_type == TokenType.BLOCK and name in (
            "blocktranslate",
            "blocktrans",
            "comment",
        ):
            inside = f"end{name}"
        else:
            out.append(token.contents if token.token_type == TokenType.TEXT else SAID)
    parser = Spoken()
    parser.feed("".join(out))
    parser.close()
    pieces = [re.sub(r"&\w+;", " ", piece) for text in parser.texts for piece in text.split(SAID)]
    stripped = (piece.strip(" \n\t,.:;·–—()“”«»→←/") for piece in pieces)
    return [piece for piece in stripped if re.search(r"[^\W\d_]", piece)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{{ a }} left in English</p>", ["left in English"]),
        ('<img alt="A map" class="map">', ["A map"]),
        ('<p title="{% translate "Fine" %}">{% translate "Fine" %}, {{ b }}</p>', []),
        ("{% blocktranslate %}Fine{% endblocktranslate %} not fine", ["not fine"]),
        ("{# remark #}{% comment %}remark{% endcomment %}<script>let a = 1</script>", []),
    ],
)
def test_untranslated_words_finds(source, words):
    assert untranslated_words(source) == words


def test_no_template_speaks_outside_the_catalogue():
    spoken = {
        name: words
        for path in TEMPLATES
        if (name := path.as_posix().partition("templates/")[2]) not in BILINGUAL
        and (words := set(untranslated_words(path.read_text("utf-8"))) - UNTRANSLATED)
    }
    assert len(TEMPLATES) > 20
    assert spoken == {}


def test_page_for_a_broken_server_speaks_both_languages():
    page = next(path for path in TEMPLATES if path.as_posix().endswith("errors/500.html"))
    words = " ".join(untranslated_words(page.read_text("utf-8")))
    assert re.search(r"[A-Za-z]{4}", words)
    assert re.search(r"[а-яїієґ]{4}", words)


def test_django_serves_the_catalogue():
    with override(LANG):
        assert _("Which municipality?") == "Яке місто чи громада?"
        counted = [
            ngettext("%(n)s tie", "%(n)s ties", n) % {"n": n} for n in (1, 2, 5, 11, 21, 112)
        ]
    assert counted == [
        "1 зв’язок",
        "2 зв’язки",
        "5 зв’язків",
        "11 зв’язків",
        "21 зв’язок",
        "112 зв’язків",
    ]
