"""The pages that Django's resolver knows, what their answers hold, and what strangers may send.

A page is found by walking the addresses, so a new one is met without being named anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils import translation
from lxml import html

HOME = "http://testserver"


@dataclass(frozen=True)
class Page:
    """A named page: its name with its rooms, and its address with places for parameters."""

    name: str
    template: str
    parameters: tuple[str, ...]

    @property
    def room(self) -> str:
        """The namespace; a page outside of all rooms is a room of its own."""
        return self.name.rpartition(":")[0] or self.name

    def at(self, **values: str) -> str:
        """Its address with these values, which are quoted already."""
        return "/" + self.template % values


def pages() -> list[Page]:
    """Every named page in English, sorted by name."""
    with translation.override("en"):
        found = {page.name: page for page in _walk(get_resolver(), "", "")}
    return [found[name] for name in sorted(found)]


def _walk(resolver: URLResolver, prefix: str, room: str) -> Iterator[Page]:
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            for possibilities, _pattern, _defaults, _converters in resolver.reverse_dict.getlist(
                name
            ):
                for template, parameters in possibilities:
                    yield Page(room + name, prefix + template, tuple(parameters))
    for namespace, (more, inner) in resolver.namespace_dict.items():
        yield from _walk(inner, prefix + more, f"{room}{namespace}:")


@dataclass(frozen=True)
class Field:
    """What a form asks: a name, how, what stands in it, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, how, and its fields; buttons are those that send it."""

    action: str
    method: str
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Seen:
    """What a page offers: its forms, and the addresses it links to in this house."""

    forms: tuple[Form, ...] = ()
    links: tuple[str, ...] = ()
    queries: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """Parameters in the query that its links and forms name, with values, by name of page."""


def seen_in(text: str, address: str) -> Seen:
    """What there is to do on a page."""
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    forms = tuple(_form(one, address) for one in tree.forms)
    links = tuple(
        dict.fromkeys(
            urlsplit(urljoin(HOME + address, one.get("href")))._replace(fragment="").geturl()
            for one in tree.iterfind(".//a[@href]")
        )
    )
    own = tuple(link.removeprefix(HOME) for link in links if link.startswith(HOME + "/"))
    found = Seen(forms, own)
    for link in own:
        _note(found, link, parse_qsl(urlsplit(link).query, keep_blank_values=True))
    for one in forms:
        if one.method == "get":
            _note(found, one.action, [(f.name, f.value) for f in one.fields])
    return found


def _note(found: Seen, address: str, told: list[tuple[str, str]]) -> None:
    name = name_of(address)
    if name and told:
        found.queries.setdefault(name, set()).update(told)


def name_of(address: str) -> str:
    """The name of the page at an address; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except (Resolver404, ValueError):
        return ""


def _form(one: html.FormElement, address: str) -> Form:
    fields: dict[tuple[str, str], Field] = {}
    buttons = []
    for element in one.iter("input", "select", "textarea", "button"):
        name, kind = element.get("name"), element.get("type", "text").lower()
        if element.tag == "button" or kind in ("submit", "image"):
            buttons += [(name, element.get("value", ""))] if name else []
        elif name:
            made = _field(element, name, kind)
            before = fields.get((name, made.kind))
            if before and made.kind in ("radio", "checkbox"):
                options = before.options + made.options
                made = Field(name, kind, before.value or made.value, options)
            fields[name, made.kind] = made
    action = urlsplit(urljoin(HOME + address, one.get("action") or ""))
    here = action._replace(scheme="", netloc="", fragment="").geturl()
    return Form(here, one.method.lower(), tuple(fields.values()), tuple(buttons))


def _field(element: html.HtmlElement, name: str, kind: str) -> Field:
    if element.tag == "textarea":
        return Field(name, "textarea", element.text or "")
    if element.tag == "select":
        options = tuple(option.get("value", option.text or "") for option in element.iter("option"))
        chosen = [o.get("value", "") for o in element.iter("option") if "selected" in o.attrib]
        return Field(name, "select", chosen[0] if chosen else next(iter(options), ""), options)
    value = element.get("value", "on" if kind == "checkbox" else "")
    if kind in ("radio", "checkbox"):
        return Field(name, kind, value if "checked" in element.attrib else "", (value,))
    return Field(name, kind, value)


_SENTENCE = re.compile(r"\w[^.?!]*[.?!]")


def says_something(answer) -> bool:
    """Whether a refusal says at least one sentence to whoever reads it."""
    text = answer.content.decode(errors="replace")
    if text and "html" in answer.get("Content-Type", ""):
        main, *_rest = html.document_fromstring(text).xpath("//main") or [None]
        text = "" if main is None else main.text_content()
    return bool(_SENTENCE.search(text))
