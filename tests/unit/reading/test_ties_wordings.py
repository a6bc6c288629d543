"""Ties in plain sentences, as councils and newspapers of four languages write them."""

import pytest
from tied_pages import page_of

from mistok.reading.ties import ties_in


def told(text, lang="en", published=""):
    return {
        (*sorted((fact.a.name, fact.b.name)), fact.kind, fact.event, fact.date)
        for fact in ties_in(page_of(text, lang, published))
    }


L, K = "{Lutsk|UA}", "{Kassel|DE}"
LU, KU = "{Луцьк|UA|city|name|Lutsk}", "{Кассель|DE|city|name|Kassel}"
LUI, KUI = "{Луцьком|UA|city|name|Lutsk}", "{Касселем|DE|city|name|Kassel}"
LUG, KUG = "{Луцька|UA|city|name|Lutsk}", "{Касселя|DE|city|name|Kassel}"
LD, KD = "{Luzk|UA|city|name|Lutsk}", "{Kassel|DE}"
LP, KP = "{Łuck|UA|city|name|Lutsk}", "{Lublin|PL|city|name|Kassel}"
LPI, KPI = "{Łuckiem|UA|city|name|Lutsk}", "{Lublinem|PL|city|name|Kassel}"
LPG, KPG = "{Łucka|UA|city|name|Lutsk}", "{Lublina|PL|city|name|Kassel}"

ENGLISH = [
    (f"{L} and {K} signed a twinning agreement on 5 May 2023.", "twinning signed 2023-05-05"),
    (f"{L} has become a sister city of {K}.", "twinning signed "),
    (
        f"On 5 May 2023 the mayors of {L} and {K} signed a partnership agreement.",
        "partner signed 2023-05-05",
    ),
    (
        f"A cooperation agreement between {L} and the German city of {K} was signed on Monday.",
        "cooperation signed ",
    ),
    (
        f"The city councils of {L} and {K} have concluded a memorandum of understanding.",
        "memorandum signed ",
    ),
    (f"The City Council of {K} voted to twin with {L}.", "twinning approved "),
    (f"The {K} City Council has approved a partnership with {L}.", "partner approved "),
    (f"{K} plans to establish a partnership with {L}.", "partner proposed "),
    (f"{K} wants to become a sister city of {L}.", "twinning proposed "),
    (f"The mayor of {L} proposed to {K} a cooperation agreement.", "cooperation proposed "),
    (f"{L} and {K} agreed to sign a twinning agreement.", "twinning negotiating "),
    (f"{L} and {K} are negotiating a cooperation agreement.", "cooperation negotiating "),
    (
        f"A partnership agreement between {L} and {K} will be signed on 5 May 2023.",
        "partner negotiating ",
    ),
    (f"{L} and {K} have been twin towns since 1990.", "twinning active 1990"),
    (f"{K}, a sister city of {L}, sent two buses.", "twinning active "),
    (f"{L} received buses from its sister city {K}.", "twinning active "),
    (f"{K} has been a partner city of {L} since 1990.", "partner active 1990"),
    (
        f"{L} suspended its sister city relations with {K} on 5 May 2023.",
        "twinning suspended 2023-05-05",
    ),
    (f"The twinning between {L} and {K} has been suspended.", "twinning suspended "),
    (f"{L} has terminated its twinning agreement with {K}.", "twinning severed "),
    (f"{L} cut ties with its sister city {K}.", "twinning severed "),
    (f"The council of {L} decided to end its partnership with {K}.", "partner severed "),
    (
        f"A councillor proposed to suspend the sister city agreement between {L} and {K}.",
        "twinning active ",
    ),
    (f"{L} will not end its partnership with {K}.", "partner active "),
    (f"{L} established friendly relations with {K} in 1998.", "friendship signed 1998"),
    (
        f"{L} and {K} entered into a solidarity partnership in March 2023.",
        "solidarity signed 2023-03",
    ),
    (
        f"The solidarity partnership between {K} and {L} was sealed in 2023.",
        "solidarity signed 2023",
    ),
    (
        (
            f"The mayor of {L}, Ihor Polishchuk, and the mayor of {K}, Sven Schoeller, signed "
            "a letter of intent."
        ),
        "memorandum signed ",
    ),
    (
        f"{K} city council unanimously approved a friendship agreement with {L} on 5 May 2023.",
        "friendship approved 2023-05-05",
    ),
    (f"{L} twinned with {K} in 1990.", "twinning signed 1990"),
    (f"{L} is twinned with {K}.", "twinning active "),
]

UKRAINIAN = [
    (f"{LU} та {KU} стали містами-побратимами.", "twinning signed "),
    (
        f"{LU} підписав угоду про співпрацю з {KUI} 5 травня 2023 року.",
        "cooperation signed 2023-05-05",
    ),
    (f"Міські голови {LUG} та {KUG} підписали меморандум про співпрацю.", "memorandum signed "),
    (f"Між {LUI} та {KUI} встановлено побратимські відносини.", "twinning signed "),
    (f"{KU} є містом-побратимом {LUG} з 1990 року.", "twinning active 1990"),
    (f"До {LUG} прибула допомога від міста-побратима {KUG}.", "twinning active "),
    (f"{LU} розірвав партнерські відносини з {KUI}.", "partner severed "),
    (f"{LU} призупинив співпрацю з {KUI}.", "cooperation suspended "),
    (
        f"Депутати {LUG} ухвалили рішення про встановлення побратимських відносин з {KUI}.",
        "twinning approved ",
    ),
    (f"{LU} планує підписати угоду про партнерство з {KUI}.", "partner proposed "),
    (f"{LU} і {KU} домовилися підписати угоду про партнерство.", "partner negotiating "),
    (f"{KU} запропонував {LUG} солідарне партнерство.", "solidarity proposed "),
    (
        f"Сесія міської ради {LUG} підтримала укладення угоди про співробітництво з {KUI}.",
        "cooperation approved ",
    ),
    (f"У 2023 році {LU} уклав договір про дружбу з {KUI}.", "friendship signed 2023"),
]

GERMAN = [
    (
        f"{KD} und {LD} haben am 5. Mai 2023 eine Städtepartnerschaft besiegelt.",
        "twinning signed 2023-05-05",
    ),
    (
        f"Die Oberbürgermeister von {KD} und {LD} unterzeichneten eine Kooperationsvereinbarung.",
        "cooperation signed ",
    ),
    (f"{KD} ist seit 1990 Partnerstadt von {LD}.", "twinning active 1990"),
    (f"{KD} schickt Busse in die Partnerstadt {LD}.", "twinning active "),
    (
        f"Der Stadtrat von {KD} hat eine Solidaritätspartnerschaft mit {LD} beschlossen.",
        "solidarity approved ",
    ),
    (f"{KD} will eine Partnerschaft mit {LD} eingehen.", "partner proposed "),
    (f"Die Städtepartnerschaft zwischen {KD} und {LD} ruht.", "twinning suspended "),
    (f"{KD} hat die Städtepartnerschaft mit {LD} beendet.", "twinning severed "),
    (f"{KD} kündigte den Partnerschaftsvertrag mit {LD}.", "partner severed "),
    (f"{KD} und {LD} haben eine Absichtserklärung unterzeichnet.", "memorandum signed "),
    (
        f"Seit 1990 besteht eine Städtefreundschaft zwischen {KD} und {LD}.",
        "friendship active 1990",
    ),
    (f"{KD} setzt die Partnerschaft mit {LD} aus.", "partner suspended "),
]

POLISH = [
    (f"{KP} i {LP} podpisały umowę partnerską 5 maja 2023 r.", "partner signed 2023-05-05"),
    (f"Prezydenci {KPG} i {LPG} podpisali list intencyjny.", "memorandum signed "),
    (f"{LP} jest miastem partnerskim {KPG} od 1990 roku.", "twinning active 1990"),
    (f"{KP} przekazał autobusy miastu partnerskiemu {LP}.", "twinning active "),
    (f"{KP} zerwał współpracę z {LPI}.", "cooperation severed "),
    (f"{KP} zawiesił partnerstwo z {LPI}.", "partner suspended "),
    (f"Radni {KPG} wyrazili zgodę na nawiązanie współpracy z {LPI}.", "cooperation approved "),
    (f"{KP} chce nawiązać partnerstwo z {LPI}.", "partner proposed "),
    (f"{KP} i {LP} zostały miastami partnerskimi.", "twinning signed "),
    (f"W 2023 roku {KP} nawiązał współpracę z {LPI}.", "cooperation signed 2023"),
    (f"{KP} zawarł porozumienie o współpracy z {LPI}.", "cooperation signed "),
]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (lang, text, expected)
        for lang, cases in (("en", ENGLISH), ("uk", UKRAINIAN), ("de", GERMAN), ("pl", POLISH))
        for text, expected in cases
    ],
)
def test_a_sentence_gives_label_stage_and_date(lang, text, expected):
    kind, event, date = expected.split(" ")
    assert told(text, lang) == {("Kassel", "Lutsk", kind, event, date)}


TURNS = [
    ("en", f"{K} to twin with {L}", "twinning proposed "),
    ("en", f"{K} City Council to vote on sister city status for {L}", "twinning proposed "),
    (
        "en",
        (
            f"{L} has found a sister city in Germany. The mayor signed an agreement with {K} in "
            "May 2023."
        ),
        "twinning signed 2023-05",
    ),
    (
        "en",
        f"{K} was the first German city to sign a solidarity partnership with {L}.",
        "solidarity signed ",
    ),
    (
        "en",
        (
            f"The twinning agreement between {K} and {L}, signed in 1990, was terminated by the "
            "council on 1 March 2022."
        ),
        "twinning severed 2022-03-01",
    ),
    (
        "en",
        (
            f"A delegation from {K} visited {L} on 12 May 2023. During the visit, the mayors "
            "signed a memorandum of cooperation."
        ),
        "memorandum signed 2023-05-12",
    ),
    (
        "en",
        f"Residents of {K} called on the council to terminate the twinning with {L}.",
        "twinning active ",
    ),
    ("uk", f"{LU} більше не побратим {KUG}.", "twinning severed "),
    (
        "uk",
        f"Міська рада {LUG} погодила укладення договору про побратимство з {KUI}.",
        "twinning approved ",
    ),
    (
        "uk",
        (f"Мер {LUG} зустрівся з мером {KUG}. Вони обговорили встановлення партнерських відносин."),
        "partner negotiating ",
    ),
    ("uk", f"Партнерство {LUG} та {KUG} триває з 2010 року.", "partner active 2010"),
    ("de", f"{KD} und {LD} werden Partnerstädte.", "twinning proposed "),
    (
        "de",
        f"Die Partnerschaft mit {LD} hat der Stadtrat von {KD} am 5. Mai 2023 beschlossen.",
        "partner approved 2023-05-05",
    ),
    ("de", f"{KD} legt die Städtepartnerschaft mit {LD} auf Eis.", "twinning suspended "),
    (
        "pl",
        f"Rada Miasta {KPG} podjęła uchwałę o zerwaniu współpracy z {LPI}.",
        "cooperation severed ",
    ),
    ("pl", f"{KP} i {LP} będą miastami partnerskimi.", "twinning proposed "),
]


@pytest.mark.parametrize(("lang", "text", "expected"), TURNS)
def test_turns_of_phrase_that_change_the_stage(lang, text, expected):
    kind, event, date = expected.split(" ")
    assert told(text, lang) == {("Kassel", "Lutsk", kind, event, date)}
