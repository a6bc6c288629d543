"""Filters for templates: numbers and percentages as readers write them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mistok.web.account.browsers import browser_name
from mistok.web.words import language_name

register = template.Library()


@register.filter
def people(number: int | None) -> str:
    """A count with narrow spaces between thousands; a dash where it is not known."""
    return "–" if number is None else f"{number:,}".replace(",", "\u202f")


@register.filter
def language(code: str) -> str:
    """A language by its name in the reader's language."""
    return language_name(code)


@register.filter
def browser(user_agent: str) -> str:
    """A browser as its user knows it, for example Firefox, Windows."""
    return browser_name(user_agent)


@register.simple_tag
def when(iso: str, words: str) -> SafeString | str:
    """A date for people and machines; words alone where the date has a bound or is unknown."""
    return format_html('<time datetime="{}">{}</time>', iso, words) if iso else words
