"""Labels for two lists of the shared data, made without a line of the program they measure.

    python tests/data/reading/label_lists.py ../shared/data > tests/data/reading/compare_labels.csv

A row of starter_ties.csv and one of twin_edges.csv.gz are labelled the same when both parties'
countries agree and each party is written in the one as the other's node is written anywhere in
twin_places.csv.gz (name, GeoNames name, spellings seen); letters are compared without accents and
case. What that leaves open was judged by hand and stands in JUDGED, with the ground.
"""

import csv
import gzip
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

JUDGED = {
    (210, 950): (1, "Dniprovskyi is the district of Kyiv"),
    (227, 31347): (0, "a raion and a county beside their towns"),
    (260, 18625): (0, "Berlin is not its borough Pankow"),
    (260, 31349): (1, "Berlin-Pankow is Pankow"),
    (271, 31392): (0, "a county beside its town"),
    (306, 30078): (0, "Lviv Oblast is not Cherkasy Oblast"),
    (316, 30036): (1, "the town of Ukmergė has no municipality but the district"),
    (317, 30196): (0, "Obukhivka and Obukhiv are two places"),
    (394, 31367): (1, "Landkreis is the district"),
    (397, 29026): (0, "Saint Petersburg is not its district"),
    (417, 28795): (1, "Arlington in Virginia is a county"),
    (458, 950): (0, "Kyiv is not its district, Lyon not Châlette"),
    (482, 28879): (0, "Iowa is not Des Moines"),
    (493, 9465): (0, "a county beside its town"),
    (512, 29138): (0, "Chernihiv and Chernivtsi"),
    (549, 31579): (0, "Boryspil and Brovary, Kraśnik and its county"),
    (712, 31272): (1, "Budapest III is Óbuda-Békásmegyer"),
    (712, 31275): (1, "Budapest III is Óbuda-Békásmegyer"),
}
"""Lines of both files, 1 or 0, and the ground: what lies near to a pair and spelling left open."""


def plain(name: str) -> str:
    """A name without accents, case and signs."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = letters.replace("ł", "l").replace("ø", "o").replace("ß", "ss").replace("đ", "d")
    kept = (letter if letter.isalnum() else " " for letter in letters if not combining(letter))
    return " ".join("".join(kept).split())


def combining(letter: str) -> bool:
    """Whether it is an accent or an apostrophe, which parts no words."""
    return unicodedata.combining(letter) > 0 or letter in "'’ʼ`"


def spellings(folder: Path) -> dict[str, set[str]]:
    """Every way in which a node is written."""
    found = {}
    with gzip.open(folder / "twin_places.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = [row["name"], row["name_geonames"], *row["other_labels"].split("|")]
            found[row["node_id"]] = {plain(name) for name in names if name}
    return found


def main(folder: Path) -> None:
    """Print the labels."""
    names = spellings(folder)
    edges = defaultdict(list)
    with gzip.open(folder / "twin_edges.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            one = (row["country_1"], row["node_id_1"])
            two = (row["country_2"], row["node_id_2"])
            edges[frozenset((one[0], two[0]))].append((line, one, two))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["left", "right", "same", "how"])
    with (folder / "starter_ties.csv").open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            for label in labels(line, row, edges, names):
                out.writerow([line, *label])


def labels(line, row, edges, names):
    """The rows of the second list that are this row's tie, or were judged not to be."""
    left, right = (row["a_country"], row["a_name"]), (row["b_country"], row["b_name"])
    for edge, one, two in edges[frozenset((left[0], right[0]))]:
        if (line, edge) in JUDGED:
            yield edge, *JUDGED[line, edge]
            continue
        for first, second in ((one, two), (two, one)):
            if (first[0], second[0]) != (left[0], right[0]):
                continue
            if plain(left[1]) in names[first[1]] and plain(right[1]) in names[second[1]]:
                yield edge, 1, "spelling"
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
