"""What the form of a profile asks, in which order, and what it says beside each field."""

from django.utils.translation import gettext_lazy

SECTIONS = (
    (gettext_lazy("Cooperation"), ("wanted", "offered")),
    (gettext_lazy("Needs and offers"), ("needs", "offers")),
    (gettext_lazy("Who you are"), ("economy", "institutions", "languages", "about_en", "about_uk")),
    (
        gettext_lazy("The partner you wish for"),
        ("countries", "not_countries", "population_from", "population_to", "max_km", "capacity"),
    ),
    (gettext_lazy("Who may see it"), ("public",)),
)

HELP = {
    "wanted": gettext_lazy("Choose those that matter most, twelve at most."),
    "offered": gettext_lazy("Experience counts as much as money. Twelve at most."),
    "needs": gettext_lazy("Kinds only: no quantities, no stocks, no sites. Twelve at most."),
    "offers": gettext_lazy("Goods and know-how. Ukrainian hromadas have much to teach."),
    "economy": gettext_lazy("The branches that most people live on."),
    "institutions": gettext_lazy("Those that could have a partner of their own."),
    "languages": gettext_lazy("Languages in which your office can answer a letter."),
    "about_en": gettext_lazy(
        "Up to 1,000 letters. No addresses of sites, no coordinates, no telephone numbers, no "
        "e-mail addresses: while the war goes on they are not public."
    ),
    "about_uk": gettext_lazy("Up to 1,000 letters. The same holds as for the English text."),
    "countries": gettext_lazy(
        "Names in any language, parted by commas: Germany, Польща. Leave it empty if any country "
        "will do."
    ),
    "not_countries": gettext_lazy("Municipalities there do not fit you, whatever they offer."),
    "population_from": gettext_lazy("Leave it empty if size does not matter."),
    "max_km": gettext_lazy("As the crow flies. Leave it empty if distance does not matter."),
    "capacity": gettext_lazy("0 means: none at present. Leave it empty if you do not know."),
    "public": gettext_lazy(
        "Otherwise only you and coordinators see it, and only your own search uses it."
    ),
}

PUBLIC_LABELS = {
    "wanted": gettext_lazy("Looks for cooperation in"),
    "offered": gettext_lazy("Has something to give in"),
    "needs": gettext_lazy("Needs"),
    "offers": gettext_lazy("Offers"),
    "economy": gettext_lazy("Economy"),
    "institutions": gettext_lazy("Institutions"),
    "languages": gettext_lazy("Languages of its office"),
    "wishes": gettext_lazy("Wishes for a partner"),
    "capacity": gettext_lazy("New partners it can look after"),
    "about_en": gettext_lazy("Text in English"),
    "about_uk": gettext_lazy("Text in Ukrainian"),
    "public": gettext_lazy("Shown to everybody"),
}
