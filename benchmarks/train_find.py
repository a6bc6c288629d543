"""Fits the weights by which the resolver says how likely a place is meant.

Data: the names of ../shared/data/twin_places.csv.gz as lists of twin towns spell them, half of the
places (the other half tells how good the weights are); the same names with one or two typos; and
texts that name no municipality (persons, addresses, nonsense). Model: see
`mistok.world.finding.scoring`. Writes `data/weights.csv` and `data/countries.csv` of that room and
prints what `mistok evaluate names` would say of the half that was not used.
"""

import csv
import gzip
import os
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pymorphy3 import MorphAnalyzer
from scipy.optimize import minimize

from mistok.world import World
from mistok.world.finding import scoring
from mistok.world.finding.filters import Only
from mistok.world.finding.gathering import Gatherer
from mistok.world.finding.resolver import likeliest
from mistok.world.geometry import distances_km
from mistok.world.index import NameIndex
from mistok.world.model import KINDS
from mistok.world.sound_index import SoundIndex
from mistok.world.spellings import foreign_spellings
from mistok.world.store import open_stored

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MISTOK_SHARED", ROOT.parent / "shared"))
DATA = Path(scoring.__file__).parent / "data"
RADIUS_KM = 25.0
L2 = 1e-4
TYPO_SHARE = 0.15
SEED = 20261122

# What common sense says whatever the noisy list: words for a kind count, contexts count.
BOUNDS = {
    "level agrees": (2.5, None),
    "level disagrees": (None, -2.0),
    "way sound": (None, 0.0),
    "way inflected": (None, 0.0),
    "way adjective": (None, -0.5),
    "way part": (None, -2.0),
    "region, unasked": (-0.8, None),
    "district, unasked": (None, -1.0),
    "other accents": (None, -1.0),
    "same accents": (0.0, None),
    "share of the name": (0.0, None),
    "size, found by a guess": (-1.0, None),
}

HABITS = [
    *(("y", "i"), ("i", "y"), ("w", "v"), ("v", "w"), ("k", "c"), ("c", "k"), ("ts", "z")),
    *(("z", "ts"), ("sh", "sch"), ("ch", "tsch"), ("ü", "ue"), ("ö", "oe"), ("ä", "ae")),
    *(("ss", "s"), ("ll", "l"), ("nn", "n"), ("h", "g"), ("u", "ou"), ("f", "ph"), ("ia", "ja")),
    *(("zh", "sch"), ("kh", "ch"), ("yi", "i"), ("iv", "iw"), ("ck", "k"), ("th", "t")),
]
"""Letters that people write in different ways."""

FIRST = (
    "Angela Emmanuel Volodymyr Ursula Olena Taras Iryna Johannes Katarzyna Giulia Pedro Oksana "
    "Marek Hiroshi Fatima Ivan Svitlana Андрій Марія Олександр Тетяна Jean-Pierre Sabine Lukasz"
).split()
LAST = (
    "Müller Schmidt Kovalenko Shevchenko Nowak Kowalska Rossi Garcia Tanaka Smith Johnson Bondar "
    "Tkachenko Мельник Шевчук Кравченко Lefebvre Weber Wójcik Petrenko Olsen Novotná Horváth"
).split()
STREETS = (
    "вул. Хрещатик {}|Hauptstraße {}|{} Main Street|ul. Długa {}|rue de la République {}|"
    "вулиця Шевченка, {}|просп. Перемоги {}|{} High Street|Bahnhofstr. {}|via Roma {}"
).split("|")
NONSENSE = (
    "asdfghjkl|qwertz uiop|lorem ipsum dolor|xx|zzzz|foo bar baz|12345|test test|n/a|unknown|"
    "to be announced|none|see below|partner city|кейжщшзх|йцукенг|ддддд|aaaaaa|hjkl hjkl|"
    "twinning agreement signed in May|humanitarian aid|generators and transformers|mayor|"
    "Rathaus|school number five|thank you very much|🏙️🏙️|-----|???|the best partner"
).split("|")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the answer: a country, a point, or None when it names no municipality."""

    text: str
    country: str
    point: tuple[float, float] | None
    held_out: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates for a query: features, fixed points, and which are right."""

    asked: Asked
    rows: npt.NDArray[np.float64]
    offset: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    found: scoring.Candidates
    in_country: bool


def main() -> None:
    """Fit, write, and print how good it is."""
    world = World.open(Path(os.environ.get("MISTOK_DATA", ROOT / "var")) / "world")
    asked = [*listed_names(), *misspelt(), *declined(world), *no_places()]
    points = country_points(world, asked)
    samples = list(sampled(world, asked, points))
    fitted = fit([sample for sample in samples if not sample.asked.held_out])
    write_tables(fitted, points)
    report([sample for sample in samples if sample.asked.held_out], fitted)


def listed_names() -> Iterator[Asked]:
    """The names of the list, each with the place's other labels as further queries."""
    with gzip.open(SHARED / "data" / "twin_places.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["lat"]:
                held_out = zlib.crc32(row["node_id"].encode()) % 2 == 1
                point = (float(row["lat"]), float(row["lon"]))
                labels = [label for label in row["other_labels"].split("|") if label]
                for name in (row["name"], *labels):
                    yield Asked(name, row["country"], point, held_out, "listed")


def misspelt() -> Iterator[Asked]:
    """Some of the names with a typo, longer ones sometimes with two."""
    dice = random.Random(SEED)
    for asked in listed_names():
        if len(asked.text) > 4 and dice.random() < TYPO_SHARE:
            text = respelt(asked.text, dice) if dice.random() < 0.5 else typo(asked.text, dice)
            if len(text) > 9 and dice.random() < 0.3:
                text = typo(text, dice)
            yield Asked(text, asked.country, asked.point, asked.held_out, "misspelt")


def respelt(text: str, dice: random.Random) -> str:
    """Write some letters as another country or habit writes them."""
    changed = text
    for written, other in dice.sample(HABITS, k=len(HABITS)):
        if written in changed and dice.random() < 0.7:
            changed = changed.replace(written, other, 1)
        if changed != text and dice.random() < 0.5:
            break
    return changed


def typo(text: str, dice: random.Random) -> str:
    """Change, drop, double or swap one letter."""
    at = dice.randrange(1, len(text) - 1)
    letter = dice.choice("aeinorstlu")
    ways = (
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return dice.choice(ways)


def declined(world: World) -> Iterator[Asked]:
    """Ukrainian hromadas as texts write them: in other cases, and in foreign spellings."""
    dice = random.Random(SEED)
    morph = MorphAnalyzer(lang="uk")
    kinds = world.columns.kind
    for place in np.flatnonzero(kinds == KINDS.index("hromada")).tolist():
        known = world.place_at(place)
        if known.lat is None or known.lon is None:
            continue
        texts = [dice.choice(foreign_spellings(known.local_name))]
        for case in ("gent", "loct", "ablt"):
            forms = [morph.parse(word)[0].inflect({case}) for word in known.local_name.split()]
            if all(forms):
                texts.append(" ".join(form.word.title() for form in forms if form))
        stem = (known.official_name or "").partition("ка ")[0]
        if stem:
            texts.append(f"{stem}{dice.choice(('кої', 'кій', 'ку'))}")
            texts.append(f"{stem}кої міської територіальної громади")
        for text in texts:
            yield Asked(text, "UA", (known.lat, known.lon), place % 2 == 1, "declined")


def no_places() -> Iterator[Asked]:
    """Texts that name no municipality."""
    dice = random.Random(SEED)
    persons = [f"{first} {last}" for first in FIRST for last in LAST]
    streets = [dice.choice(STREETS).format(dice.randrange(1, 120)) for _ in range(120)]
    for number, text in enumerate((*persons, *streets, *NONSENSE)):
        yield Asked(text, dice.choice(("UA", "DE", "PL", "US")), None, number % 2 == 1, "none")


def country_points(world: World, asked: Sequence[Asked]) -> dict[str, float]:
    """How much likelier than average a country's places are listed, in points, smoothed."""
    columns = world.columns
    known = np.bincount(
        columns.country[columns.is_municipality], minlength=len(columns.country_codes)
    )
    listed = dict.fromkeys(columns.country_codes, 0)
    for query in asked:
        if query.kind == "listed" and not query.held_out and query.country in listed:
            listed[query.country] += 1
    mean = sum(listed.values()) / known.sum()
    return {
        code: round(float(np.log((listed[code] + 2.0) / (known[number] + 60.0) / mean)), 2)
        for number, code in enumerate(columns.country_codes)
    }


def sampled(world: World, asked: Sequence[Asked], points: dict[str, float]) -> Iterator[Sample]:
    """Gather the candidates of each query, with the country and without it."""
    arrays = open_stored(world.folder).arrays
    columns = world.columns
    gatherer = Gatherer(NameIndex(arrays), SoundIndex(arrays), columns, world.position)
    numbers = {code: number for number, code in enumerate(columns.country_codes)}
    by_number = np.array([points[code] for code in columns.country_codes])
    for done, query in enumerate(asked):
        if done % 5000 == 0:
            sys.stderr.write(f"{done} of {len(asked)} queries\n")
        for in_country in (True, False):
            country = numbers.get(query.country) if in_country else None
            if in_country and country is None:
                continue
            got = gatherer.gather(query.text, Only(country))
            places = got.found.places
            measured = scoring.measures(
                got.found,
                columns,
                got.query.levels,
                got.anchors,
                name=got.query.name,
                in_country=in_country,
            )
            rows = scoring.features(got.found, measured)
            offset = np.zeros(len(places)) if in_country else by_number[columns.country[places]]
            right = np.zeros(len(places), np.bool_)
            if query.point is not None and len(places):
                away = distances_km(*query.point, columns.lat[places], columns.lon[places])
                right = np.nan_to_num(away, nan=1e9) <= RADIUS_KM
            yield Sample(query, rows, offset, right, got.found, in_country)


def fit(samples: Sequence[Sample]) -> npt.NDArray[np.float64]:
    """Maximise the likelihood of the right places, or of "none of these" where none is right."""
    rows = np.concatenate([sample.rows for sample in samples])
    offset = np.concatenate([sample.offset for sample in samples])
    right = np.concatenate([sample.right for sample in samples]).astype(np.float64)
    of = np.repeat(np.arange(len(samples)), [len(sample.right) for sample in samples])
    has = np.bincount(of, right, len(samples)) > 0

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        points = rows @ weights + offset
        top = np.zeros(len(samples))
        np.maximum.at(top, of, points)
        raised = np.exp(points - top[of])
        total = np.exp(-top) + np.bincount(of, raised, len(samples))
        chance = raised / total[of]
        of_right = np.bincount(of, chance * right, len(samples))
        reached = np.where(has, of_right, np.exp(-top) / total)
        slope = np.where(has[of], right * chance / np.maximum(of_right[of], 1e-12), 0.0) - chance
        value = -np.log(np.maximum(reached, 1e-12)).mean() + L2 * float(weights @ weights)
        return value, -(rows.T @ slope) / len(samples) + 2 * L2 * weights

    bounds = [BOUNDS.get(name, (None, None)) for name in scoring.FEATURES]
    start = np.zeros(len(scoring.FEATURES))
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    return np.round(found.x, 2)


def write_tables(fitted: npt.NDArray[np.float64], points: dict[str, float]) -> None:
    """Write what the product reads."""
    with (DATA / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows(zip(scoring.FEATURES, fitted.tolist(), strict=True))
    with (DATA / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "points"))
        writer.writerows(sorted(points.items()))


def report(samples: Sequence[Sample], fitted: npt.NDArray[np.float64]) -> None:
    """Print recall and calibration of the half that was not used."""
    for name, weight in zip(scoring.FEATURES, fitted, strict=True):
        sys.stdout.write(f"{name:<32}{weight:>8.2f}\n")
    for kind in ("listed", "misspelt", "declined", "none"):
        for in_country in (True, False):
            chosen = [s for s in samples if s.asked.kind == kind and s.in_country == in_country]
            best = [top(sample, fitted) for sample in chosen]
            first = sum(right for _, right in best) / len(chosen)
            line = f"{kind}, {'with' if in_country else 'without'} country: {len(chosen)} queries"
            sys.stdout.write(f"{line}, recall@1 {first:.4f};")
            for low in (0.9, 0.7, 0.5, 0.3, 0.0):
                high = {0.9: 1.1, 0.7: 0.9, 0.5: 0.7, 0.3: 0.5, 0.0: 0.3}[low]
                band = [right for score, right in best if low <= score < high]
                share = sum(band) / len(band) if band else 0.0
                sys.stdout.write(f"  {low:.1f}: {len(band)} ({share:.3f} right)")
            sys.stdout.write("\n")


def top(sample: Sample, fitted: npt.NDArray[np.float64]) -> tuple[float, bool]:
    """The score of the best candidate and whether it is right."""
    if not len(sample.right):
        return 0.0, False
    place, chance, _row = likeliest(sample.found, sample.rows @ fitted + sample.offset)[0]
    return chance, bool(sample.right[sample.found.places == place].any())


if __name__ == "__main__":
    main()
