"""Data of persons: mailboxes, accounts, passports, tax numbers, bank cards, births, drivers."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding.words import DATE, UPPER
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.){1,5}[a-z]{2,12}(?![\w@])"
)
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|ukr|i|meta|bigmir|online|outlook|hotmail|live|yahoo|icloud|me|proton"
    r"|protonmail|pm|gmx|web|t-online|freenet"
    r"|wp|o2|onet|interia|op|seznam|email|mail|rambler|yandex|tuta|aol)\.(?:com|net|ua|de|pl|cz"
    r"|me|org|ru|eu|at|co\.uk|sk|fr|kiev\.ua)$"
)
_OFFICIAL = re.compile(
    r"@(?:[\w-]{1,63}\.){0,4}(?:gov\.ua|gov\.pl|gov|gov\.uk|europa\.eu)$|@(?:stadt|gemeinde"
    r"|landkreis|um|city|mairie|ville)[.-]"
)
_ROLE = re.compile(
    r"^(?:info|office|contact|kontakt|post|poststelle|zvernennia|rada|admin|press|presse"
    r"|sekretariat|urzad|kancelaria|mail|international|hromada|otg|miskrada|council|mayor)[@._-]"
)
_ACCOUNT = re.compile(
    r"(?<![\w.@/])@[a-z][\w]{3,31}(?![\w.@]*\.[a-z])|(?<!\w)(?:t\.me|wa\.me|facebook\.com"
    r"|instagram\.com|vk\.com)/[\w.+-]{3,60}"
)
_DOTTED_ACCOUNT = re.compile(
    r"(?<!\w)(?:інстаграм\w{0,2}|інста|instagram|insta|тікток|tiktok|threads|фейсбук\w{0,2}"
    r"|facebook"
    r"|телеграм\w{0,2}|telegram|viber|вайбер)(?!\w)[^@\n.!?]{0,40}(@[a-z][\w.]{2,30}\w)(?!@)"
)
_PAPER = re.compile(
    r"(?<!\w)(?:паспорт\w{0,3}|id-картк\w|id card|passport\w?|reisepass|paszport\w{0,2}"
    r"|посвідчення водія|водійськ\w{1,3} посвідчення|driving licen[cs]e"
    r"|посвідчення (?:особи|учасника|убд)|військов\w{1,3} квит\w{2,3}|personalausweis)(?!\w)"
)
_PAPER_NUMBER = re.compile(
    r"(?<!\w)(?:[a-zа-яіїє]{2}\s?(?:№|no\.?|nr\.?|n)?\s?\d{6}|\d{9}|[a-z0-9]{9})(?!\w)"
)
_TAX = re.compile(
    r"(?<!\w)(?:рнокпп|іпн|ідентифікаційн\w{1,3} (?:код\w{0,2}|номер\w{0,2})"
    r"|податков\w{1,3} номер\w{0,2}|tax (?:identification )?(?:number|no\.?|id)"
    r"|tax code|taxpayer(?:'s)? (?:identification )?(?:number|no\.?|card)|tin|pesel"
    r"|steuer-?id\w{0,20}"
    r"|personal code)(?!\w)"
)
_TAX_NUMBER = re.compile(r"(?<!\w)(?:\d{10,11})(?!\w)")
_CARD = re.compile(
    r"(?<![\w-])(?<!\d )[2456]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?![\w-])(?! \d{4})"
)
_CARD_WORD = re.compile(r"картк|карту|card|karte|kart[aęy]|монобанк|приват")
_BIRTH = re.compile(
    r"(?<!\w)(?:дат[аиу] народження|народи(?:вся|лася|лась)|народжен\w{2,3}|born(?: on| in)?"
    r"|date of birth|dob|geboren(?: am)?|geb\.|urodzon\w{1,2}|data urodzenia|ur\.)(?!\w)"
)
_BORN_IN = re.compile(r"(?<!\w)(?:19|20)\d{2}\s?(?:р\.\s?н\.|року народження)")
_DRIVER = re.compile(
    rf"(?<!\w)(?:[Вв]оді[йїяєю]\w{{0,2}}|[Dd]rivers?|[Ff]ahrer\w{{0,2}}|[Kk]ierowc\w{{1,2}}"
    rf"|[Чч]ауффер)\s?[,:-]?\s{{1,2}}"
    rf"[{UPPER}][\w'-]{{1,30}}\s[{UPPER}](?:[\w'-]{{1,30}}"
    rf"|\.\s?[{UPPER}]?\.?)(?:\s[{UPPER}][\w'-]{{1,30}})?"
)


_FULL_NAME = rf"[{UPPER}][\w'-]{{1,30}}\s[{UPPER}](?:[\w'-]{{1,30}}|\.)"
_DRIVER_BE = re.compile(
    rf"(?<!\w)(?:[Вв]оді[йїяєюм]\w{{0,3}}|за кермом|[Dd]rivers?)\s?[,:-]?\s"
    rf"(?:буде|їде|is|will be|called|named|звати|на ім'я|наш|-)\s(?:пан\s)?{_FULL_NAME}"
)
_DRIVES = re.compile(
    rf"(?<!\w){_FULL_NAME}\s(?:is driving|will drive|drives|will be driving|at the wheel|за кермом"
    r"|сидить за кермом|поведе|веде (?:машину|бус|фуру|авто|вантажівку))(?!\w)"
)
_DRIVEN_BY = re.compile(rf"(?<!\w)(?:driven by|за кермом(?: буде| сидить)?)\s{_FULL_NAME}")
_PATRONYMIC = re.compile(
    rf"(?<!\w)(?:[{UPPER}][\w'-]{{1,30}}\s){{1,2}}[{UPPER}][\w']{{2,20}}"
    rf"(?:івн|ївн|ович|йович|ьович|євич)(?:а|у|і|ої|ою|ій|ем"
    rf"|еві)?(?!\w)(?:\s[{UPPER}][\w'-]{{2,30}})?"
)
_HELPED = re.compile(
    r"отримувач|переселен|впо(?!\w)|лежач|інвалід|потребує (?:ліків|догляд|дров|памперс|інсулін)"
    r"|пенсіонер|багатодітн|одинок|самотн|удов|хвор|поранен|мешкає|проживає|живе (?:сам|за|у|в)"
    r"|підопічн|онкохвор|без батьків"
)
_IN_OFFICE = re.compile(
    r"голов[аиіоу]|директор|начальник|депутат|секретар|старост|завідувач|лікар(?!н)|керівник"
    r"|заступник|міністр|координатор"
)


def search(folded: Folded) -> Iterator[Hit]:
    """Data by which one person can be found, called or written to."""
    for found in _MAIL.finditer(folded.low):
        if _PRIVATE.search(found[0]):
            yield Hit("private_mail", *found.span())
        elif not (_OFFICIAL.search(found[0]) or _ROLE.match(found[0])):
            yield Hit("mail", *found.span())
    for found in _ACCOUNT.finditer(folded.low):
        yield Hit("messenger", *found.span())
    for found in _DOTTED_ACCOUNT.finditer(folded.low):
        yield Hit("messenger", *found.span(1))
    yield from _after(folded.low, _PAPER, _PAPER_NUMBER, 40, "identity_paper")
    yield from _after(folded.low, _TAX, _TAX_NUMBER, 60, "tax_number")
    yield from _after(folded.low, _BIRTH, DATE, 20, "birth_date")
    for found in _BORN_IN.finditer(folded.low):
        yield Hit("birth_date", *found.span())
    for found in _CARD.finditer(folded.low):
        near = folded.low[max(0, found.start() - 50) : found.end() + 20]
        if _CARD_WORD.search(near) or _luhn(found[0]):
            yield Hit("bank_card", *found.span())
    for pattern in (_DRIVER, _DRIVER_BE, _DRIVES, _DRIVEN_BY):
        for found in pattern.finditer(folded.text):
            yield Hit("driver", *found.span())
    for found in _PATRONYMIC.finditer(folded.text):
        first, last = folded.sentence(*found.span(), reach=80)
        helped = _HELPED.search(folded.low, first, last)
        if helped and not _IN_OFFICE.search(folded.low, first, last):
            yield Hit("person_helped", *found.span())


def _after(
    low: str, word: re.Pattern[str], number: re.Pattern[str], reach: int, why: str
) -> Iterator[Hit]:
    """A number that stands at most `reach` characters after a word that says what it is."""
    for found in word.finditer(low):
        told = number.search(low, found.end(), found.end() + reach)
        if told and any(sign.isdigit() for sign in told[0]):
            yield Hit(why, found.start(), told.end())


def _luhn(number: str) -> bool:
    digits = [int(sign) for sign in number if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
