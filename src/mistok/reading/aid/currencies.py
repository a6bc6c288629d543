"""Money in a text: amounts with the sign, code or name of a currency."""

from functools import lru_cache

from mistok.reading.aid.words import Word

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₴": "UAH", "¥": "JPY", "zł": "PLN"}
_CODES = frozenset(
    """eur usd gbp uah pln chf czk sek nok dkk cad aud jpy huf ron bgn isk krw cny try gel mdl
    nzd inr ils kzt""".split()
)
_NAMES = """EUR euro* євро|USD dollar* долар* dolar*|GBP pound* фунт* pfund* funt*
    |UAH hryvnia* hryvnya* hrywnia* hrywni* hrywien гривн* гривень грн griwna* hrywnja*
    |PLN zloty* złot* złotych zł злот* zlotys|CHF franc* franken* франк* frank
    |CZK koruna koruny korun kč|JPY yen єн* ієн* jen jenów|HUF forint* форинт*|RON lei леї леїв leu
    |BGN leva lev левів лева|SEK kronor|KRW won вон|CNY yuan юан*|TRY lira* лір*|CAD cad|AUD aud"""
_CROWNS = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "CZ": "CZK", "IS": "ISK"}
_CROWN_WORDS = ("kron", "crown", "крон", "koron", "kroner", "kronor")
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD"}


def currency_at(words: list[Word], place: int) -> tuple[str, int] | None:
    """The code of the currency that is told at a word, and the place after it.

    Crowns of an unknown country are "crown"; see `settled`.
    """
    if place >= len(words) or words[place].mention is not None:
        return None
    low = words[place].low
    last = place + 1
    adjectives = ("us", "american", "canadian", "австралійськ", "канадськ", "american", "swiss")
    if low.startswith(adjectives) and last < len(words):
        code = _named(words[last].low)
        if code is not None:
            special = {"ca": "CAD", "ка": "CAD", "ав": "AUD"}.get(low[:2])
            return special if special and code == "USD" else code, last + 1
    code = _named(low)
    if code is None and low in _CODES and words[place].text.isupper():
        code = low.upper()
    if code is None:
        return None
    if last < len(words) and words[last].text == "." and low in ("грн", "zł"):
        follows = last + 1 < len(words) and not words[last + 1].text[0].isupper()
        last += int(follows)
    return code, last


def sign_before(words: list[Word], place: int) -> tuple[str, int] | None:
    """The code of the currency whose sign or code stands before a number, and where it begins."""
    if place == 0:
        return None
    sign = words[place - 1].text
    if sign in _SIGNS:
        first = place - 1
        if sign == "$" and first and words[first - 1].low in ("us", "c", "ca", "a", "au"):
            code = {"c": "CAD", "ca": "CAD", "a": "AUD", "au": "AUD"}.get(words[first - 1].low)
            return code or "USD", first - 1
        return _SIGNS[sign], first
    low = words[place - 1].low
    return (low.upper(), place - 1) if low in _CODES and sign.isupper() else None


def settled(code: str, country: str) -> str:
    """The currency when the giver's country is known: crowns and dollars are of many."""
    if code == "crown":
        return _CROWNS.get(country, "")
    return _DOLLARS.get(country, code) if code == "USD" else code


@lru_cache(maxsize=4096)
def _named(low: str) -> str | None:
    if low in _SIGNS:
        return _SIGNS[low]
    for names in _NAMES.split("|"):
        code, *words = names.split()
        for word in words:
            if low == word or (word.endswith("*") and low.startswith(word[:-1])):
                return code
    return "crown" if low.startswith(_CROWN_WORDS) else None
