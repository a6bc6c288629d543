"""Words of giving, receiving and arriving, of promise, total and want, in the four languages.

`*` stands for any ending; the longest stem that fits a word decides.
"""

from functools import cache, lru_cache

_VERBS = {
    "en": {
        "give": """hand hands handed handing donate donates donated donating send sends sent sending
            deliver delivers delivered delivering bring brings brought bringing provide provides
            provided providing supply supplied supplying ship ships shipped shipping give gives
            gave given giving gifted presented passed pass passes transferred transfer transfers
            dispatched dispatch dispatches allocate allocates allocated collected collect collects
            raised raise contribute contributes contributed added adds made undertaken undertook
            undertakes pledged pledges pledge promised promises promise offered offers earmarked
            paid pays bought buys buy buying purchased purchasing purchase purchases
            funded funds financed finances
            carry carries carried carrying drove drives lent forwarded granted grants awarded
            procured procures equipped equips relayed approved approves committed commits
            transported relocated shared shares rushed trucked hauled ferried airlifted loaned
            set organised organized""",
        "help": "support supports supported helps helped assisted assists supporting helping",
        "receive": """get getting receive receives received receiving got gets obtained obtains
            accepted had
            takes took taken welcomed acquired benefited""",
        "thank": "thank thanks thanked thanking grateful gratitude",
        "arrive": """arrive arrives arrived arriving reach reaches reached came come comes coming
            went go goes gone going leave leaves departed departs headed heads heading travelled
            traveled rolled landed bound destined way running unloaded crossed set unload
            running rolling amounted""",
        "leave": "left",
        "include": "includes include included contains contained comprises comprised",
        "noun": """donation donations provision gift gifts delivery deliveries shipment shipments
            consignment cargo handover""",
    },
    "uk": {
        "give": """переда* надісл* надішл* надсил* відправ* доставл* достави* приве* привіз привоз*
            завез* завіз постача* поставл* поставил* виділ* надав надала надали надало надасть
            нададуть надано надає надають надати подару* дару* пожертв* профінанс* фінансу* закуп*
            придба* купи* зібра* збира* поділи* скеру* спряму* направи* направл* перерах* внес*
            додал* долучи* вруч* обіця* пообіця* вивантаж* віддал* віддав* безкоштовно
            спорядил* споряджа* вислал* вислав відвез* відвіз ділить* ділиться""",
        "help": "допоміг допомог* допомага* підтрима* підтриму* забезпеч*",
        "receive": "отрима* отриму* одержа* одержу* дістал* прийня*",
        "thank": "подяку* дяку* вдячн*",
        "arrive": """прибу* прибув* приїха* приїзд* надійш* надійд* надход* дійш* доїха* прийш*
            виїха* вируш* руши* їде їдуть їхал* поїха* прямує* прямують заїха* дістав*
            йде йдуть""",
        "include": "входить входять увійшли увійшло містить містить складається",
        "noun": "",
    },
    "de": {
        "give": """überga* überge* übergib* spend* gespend* liefer* geliefert* schick* geschickt*
            verschick* bring* gebracht brachte* überwei* überwies* bereitgestellt* bereitstell*
            bereit stellt* stellen gestellt schenk* geschenkt* verschenk* gab gaben geben gibt
            gegeben steuer* beigesteuert* beisteuer* sammel* gesammelt* sendet* senden gesandt*
            gesendet* sandte* entsandt* transportier* unterstützt* bewillig* finanzier* kaufte*
            gekauft* kauft kaufen angeschafft* zugesag* sagte versproch* verspr* überlass* überließ*
            überlässt stifte* gestiftet* weitergegeb* weitergereicht* mitgebracht* mitbring* trug*
            beschaff* abgegeben überreich* verlad* verabschied* vermach* zukommen""",
        "help": "hilft half helfen halfen geholfen versorg* ausgestattet*",
        "receive": """erhält erhielt* erhalten bekomm* bekam* empfang* empfäng* empfing*
            entgegengenommen entgegen nahm nahmen""",
        "thank": "bedank* dankt* danken gedankt dankbar freut",
        "arrive": """eingetroffen* trifft trafen traf treffen angekommen* kommt kommen kam kamen
            ankomm* gehen geht ging gingen gegangen erreich* rollt* rollen fährt fahren fuhr
            fuhren gefahren losgefahren unterwegs aufgebrochen startet* machte* machten
            gelang*""",
        "include": "umfasst umfasste enthält enthielt gehören gehört",
        "noun": "weg lieferung* spende spenden übergabe schenkung* beschaffung",
    },
    "pl": {
        "give": """przekaz* przekaż* podarow* darow* ofiarow* wysł* wysyła* wyśl* dostarcz* przywi*
            przywoz* zawie* zawiózł zawozi* dał dali dała dały daje dają przeznacz* zebra* zbier*
            kupi* zakup* dołoży* dorzuci* sfinansow* finansuj* zapewni* użycz* obieca* udostępni*
            zarezerw* przyzna* sprezentow* wręcz* dowie* dowióz* odda* przesła* przeleje przela*
            ufundow* oddelegow*""",
        "help": "wspar* wspier* wspomóg* wspomog* pomóg* pomog* pomaga* wyposaż*",
        "receive": "otrzym* dosta* uzyska* odebra* odbier* przyję* wzbogac*",
        "thank": "podziękow* dziękow* dzięk* wdzięczn*",
        "arrive": """trafi* dotar* dotrz* dojech* dojedz* pojecha* pojedz* pojad* wyjech* wyrusz*
            przyjech* przyby* jedzie jadą przysz* poszł* dojdzie ruszy* zawitał* jecha*""",
        "include": "obejmuje obejmował* zawiera zawierał* znalazł* znajduj*",
        "noun": "dar daru darowizn*",
    },
}
_PROMISED = {
    "en": """will shall 'll planned plans plan intends intend promised promises promise pledged
        pledges pledge undertaken undertook undertakes committed approved decided decides voted
        earmarked aside wants want offered would going agreed announced due allocate
        allocated allocates willing hopes expects expected upcoming""",
    "uk": """передасть передадуть надішле надішлють надасть нададуть відправить відправлять
        доставить доставлять привезе привезуть виділить виділять отримає отримають одержить
        одержать закупить закуплять придбає придбають подарує подарують прибуде прибудуть надійде
        надійдуть поставить поставлять профінансує буде будуть план* обіця* пообіця* виріши*
        ухвал* схвал* затверд* погодил* незабаром скоро хоче хочуть зобов'яза* домовил*
        має мають збира*""",
    "de": """wird werden soll sollen will wollen plan* geplant* zugesag* versproch* verspr*
        beschloss* beschließ* beschlöss* bewillig* möchte* demnächst vorgesehen gehen geht angekünd*
        kündig* einig* sagte""",
    "pl": """przekaże przekażą wyśle wyślą dostarczy dostarczą przywiezie przywiozą otrzyma
        otrzymają dostanie dostaną trafi trafią przeznaczy przeznaczą pojedzie pojadą dotrze dotrą
        zostanie zostaną będzie będą planuj* plan* chce chcą zamierza* obieca* zadeklarow*
        uchwali* zdecydowa* zarezerw* kupi kupią sfinansuje wkrótce ma mają podaruje podarują""",
}
_DONE = {
    "en": "",
    "uk": "",
    "de": "wurde wurden worden hat haben hatte hatten ging gingen gegangen gebracht",
    "pl": "",
}
_TOTAL = {
    "en": """total altogether overall|all told|in all|so far|to date|since the start
        |since the beginning|since the outbreak|since the full-scale|since the invasion
        |since the first|in sum|balance sheet|counting everything|sum total|combined""",
    "uk": """загалом усього всього сумарно|від початку|з початку|за весь час|у сукупності
        |за час повномасштабної|за роки|в цілому|у цілому""",
    "de": """insgesamt gesamt seither summe zusammengenommen|seit kriegsbeginn|seit beginn|bislang
        |bisher|unterm strich|alles in allem|seit dem angriff|seit dem überfall|seit ausbruch""",
    "pl": """łącznie sumarycznie ogółem dotychczas dotąd|w sumie|od początku|od wybuchu|do tej pory
        |od momentu|razem z|w ciągu całej""",
}
_WANT = {
    "en": """need needs lack lacks lacking asked asks requested requests appealed appeals could
        might should if whether destroyed damaged unless asking refused rejected cannot
        prohibited missing ready cost costs""",
    "uk": """потребує потребують бракує просить просять попроси* просил* якби відмов* знищ*
        пошкод* зруйнов* готов* могли міг""",
    "de": """braucht brauchen benötigt benötigen fehlt fehlen bittet bitten bat baten könnte
        könnten zerstört* beschädigt* falls abgelehnt* lehnte* kostet kosten bräucht*""",
    "pl": """potrzebuje potrzebują brakuje prosi prosił* poprosił* mógłby mogłaby gdyby zniszcz*
        uszkodz* odmówi* kosztuje kosztował* gotow*""",
}
_REFUGEES = {
    "en": "refugee* evacuee*",
    "uk": "біженц* переселен* внутрішньо",
    "de": "geflüchtet* flüchtling* vertrieben*",
    "pl": "uchodźc* uchodźc przesiedle*",
}
MOST_STEM = 24


@lru_cache(maxsize=20_000)
def verb_of(lang: str, low: str) -> str:
    """The class of a word of giving or getting ("" when it is none).

    `give` (subject gives), `help` (subject gives, with "with"), `receive` (subject gets), `thank`
    (subject has got), `arrive` (goods are the subject), `leave` (either), `include`
    (what was given before consists of it), `noun`.
    """
    return _longest(_verbs(lang), low) or ""


@lru_cache(maxsize=20_000)
def is_cue(lang: str, low: str) -> bool:
    """Whether a word is one for which a sentence is looked at."""
    plain = low.replace("’", "'")
    return bool(verb_of(lang, plain)) or plain in _total_words(lang)


@lru_cache(maxsize=20_000)
def marks_of(lang: str, low: str) -> frozenset[str]:
    """What else a word says: `promised`, `done`, `want`, `refugees`, `total`."""
    tables = {"promised": _PROMISED, "done": _DONE, "want": _WANT, "refugees": _REFUGEES}
    found = {mark for mark, told in tables.items() if _longest(_words(told[lang], mark), low)}
    if low in _total_words(lang):
        found.add("total")
    return frozenset(found)


_BUYING = {
    "en": ("bought", "buy", "purchas", "procure", "acquire"),
    "uk": ("закуп", "придба", "купи", "купл"),
    "de": ("kauf", "gekauft", "angeschafft", "beschaff", "angekauft", "erworben"),
    "pl": ("kupi", "zakup", "nabył", "nabył"),
}


def buys(lang: str, low: str) -> bool:
    """Whether a verb says that somebody bought something, be it for himself."""
    return low.startswith(_BUYING[lang])


def says_total(lang: str, told: str) -> bool:
    """Whether words (small letters, one blank between) speak of a sum over several deliveries."""
    return any(phrase in told for phrase in _total_phrases(lang))


def _longest(stems: dict[str, str], low: str) -> str | None:
    exact = stems.get(low + "$")
    if exact is not None:
        return exact
    for size in range(min(len(low), MOST_STEM), 1, -1):
        found = stems.get(low[:size])
        if found is not None:
            return found
    return None


@cache
def _verbs(lang: str) -> dict[str, str]:
    stems: dict[str, str] = {}
    for kind, told in _VERBS[lang].items():
        stems |= _words(told, kind)
    return stems


@cache
def _words(told: str, value: str) -> dict[str, str]:
    """Stems as they are, whole words with a sign at the end."""
    return {w[:-1] if w.endswith("*") else w + "$": value for w in told.split()}


@cache
def _total_words(lang: str) -> frozenset[str]:
    return frozenset(_TOTAL[lang].split("|")[0].split())


@cache
def _total_phrases(lang: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in _TOTAL[lang].split("|")[1:])
