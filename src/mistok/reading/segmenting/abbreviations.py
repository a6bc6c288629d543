"""Points that end no sentence: abbreviations of four languages, and words that begin sentences."""

NEVER_LAST = frozenset(
    # English
    "mr mrs ms dr prof st gov sen rep lt col gen capt sgt maj rev hon supt vs approx est dept fig "
    "pp vol ed eds cf e.g i.e mt ft univ assn messrs "
    # German
    "z.b bzw ca evtl ggf inkl zzgl bspw sog d.h str tel hr fr frl dipl ing nrn vgl geb gest verh "
    "lkr mio mrd tsd chr hl red ev kath stv stellv vors jun std wg zz betr i.d.r v.a z.zt e.v "
    # Polish
    "m.in np ul al pl os św ks hab inż mgr płk kpt por woj pow gm im tzw tzn ok godz tys mln mld "
    "zob br bm ub pkt poz dz lek o.o ośr wlk "
    # Ukrainian (and the odd Russian word)
    "м с смт сел вул просп пр-т пл бул пров ім св проф акад доц ген полк див напр тис млн млрд гр "
    "тел кв зв т.зв т.ч ред зам нач упр оз наб шос шт пос".split()
)
"""No sentence ends after these, whatever follows."""

BEFORE_NUMBER = frozenset(
    "no nos nr art abs ziff p jan feb mar apr jun jul aug sep sept oct nov dec ust п пп ч поз рис "
    "табл гл стор".split()
)
"""No sentence ends after these where a number follows: "No. 141", "Sept. 27"."""

SELDOM_LAST = frozenset(
    "u.s u.k u.n e.u d.c a.m p.m calif fla ala ariz ark colo conn del ga ill ind kan ky mass md "
    "mich minn miss mo mont neb nev n.y n.j n.c n.d n.h n.m okla ore pa penn tenn tex va vt wash "
    "wis wyo ont que b.c p.s u.a o.ä jh n.chr v.chr т.п т.д обл р-н".split()
)
"""A sentence ends after these only where a word follows that begins sentences."""

AFTER_YEAR = frozenset("r р рр w ст г гг пр".split())
"""The year's or the century's letter: ends a sentence of some length, never its first words."""

STARTERS = frozenset(
    "the a an in on at it he she they we this that these those there but and as for with after "
    "since during when while if its his her their our both under according also however "
    "meanwhile more most one two to by from not now so what who why how "
    "der die das den dem des ein eine einer im am an auf es er sie wir dies diese dieser dieses "
    "auch aber und nach seit bei mit für von zu zum zur als wenn während beide laut dort dazu "
    "w we z ze na do od po przy to ten ta te jest są był była było nie oraz i o u za jak gdy "
    "podczas obie oba także dziś teraz już jego jej "
    "у в на з зі із до від за про після під при це цей ця ці він вона вони ми та і й але також "
    "а як коли якщо нині зараз тепер крім сьогодні водночас ще не для між там тут".split()
)
"""Small words that begin a sentence when they are written with a capital."""

LOWERED = frozenset(
    "russia russian russians russia's putin moscow росія росії росіяни росіян російська "
    "російський російські рф путін москва iphone ipad".split()
)
"""Names that Ukrainian texts write small since 2022, so that a sentence can begin small."""
