"""The numbers of every term, one pair of places at a time, as their descriptions tell them."""

import math
from collections import Counter, defaultdict


class Plain:
    """A world read slowly: the numbers between its seeker and one other place."""

    def __init__(self, world):
        self.seeker, self.likeness = world.seeker, world.likeness
        self.c = {name: column.tolist() for name, column in world.columns.items()}
        self.home = self.c["country"][world.seeker]
        self.all = range(len(world))
        self.countries = range(max(self.c["country"]) + 1)
        self.partners = defaultdict(set)
        for a, b in world.pairs:
            if a != b:
                self.partners[a].add(b)
                self.partners[b].add(a)
        self.between = Counter(
            (self.country(a), self.country(b)) for a in self.all for b in self.partners[a]
        )
        ends = [sum(self.between[a, b] for b in self.countries) + 1 for a in self.countries]
        self.expected = [end / sum(ends) for end in ends]
        self.share = self._smoothed([self.between[self.home, c] for c in self.countries], 5.0)

    def country(self, place):
        return self.c["country"][place]

    def size(self, place):
        return self.c["population"][place]

    def degree(self, place):
        return len(self.partners[place])

    def _smoothed(self, counts, prior, share=None):
        share = self.expected if share is None else share
        total = sum(counts) + prior
        return [(n + prior * s) / total for n, s in zip(counts, share, strict=True)]

    def km(self, a, b):
        lat0, lon0, lat1, lon1 = (
            math.radians(self.c[axis][i]) for i in (a, b) for axis in ("lat", "lon")
        )
        square = math.sin((lat1 - lat0) / 2) ** 2
        square += math.cos(lat0) * math.cos(lat1) * math.sin((lon1 - lon0) / 2) ** 2
        return 2 * 6371.0088 * math.asin(min(math.sqrt(square), 1))

    def near(self, place):
        """Tied places within 60 km in the country, with their distances."""
        found = {i: self.km(place, i) for i in self.all if i != place and self.partners[i]}
        same = self.country(place)
        return {i: km for i, km in found.items() if km <= 60 and self.country(i) == same}

    def alike(self, a, b):
        """How alike two places are in size; 0 where a size is not known."""
        if not (self.size(a) and self.size(b)):
            return 0.0
        return math.exp(-abs(math.log(self.size(a)) - math.log(self.size(b))) / 0.7)

    def _surplus(self, counts, prior, country):
        told = self._smoothed(counts, prior, self.share)[country]
        return math.log(told) - math.log(self.share[country])

    def by_country(self, country):
        """The numbers that all places of a country share."""
        masses = [1000.0 for _ in self.countries]
        like, near = [0.0 for _ in self.countries], [0.0 for _ in self.countries]
        around = self.near(self.seeker)
        for i in self.all:
            if self.c["eligible"][i]:
                masses[self.country(i)] += math.sqrt(self.size(i))
            for j in self.partners[i]:
                if self.country(i) == self.home:
                    like[self.country(j)] += self.alike(i, self.seeker)
                if i in around and j != self.seeker:
                    near[self.country(j)] += math.exp(-around[i] / 40)
        expected = math.log(self.expected[country])
        return {
            "habit": math.log(self.share[country]) - expected,
            "openness": expected - math.log(masses[country] / sum(masses)),
            "like_habit": self._surplus(like, 6.0, country),
            "near_habit": self._surplus(near, 3.0, country),
            "own_ties": math.log1p(
                sum(self.country(i) == country for i in self.partners[self.seeker])
            ),
            "language": float(self.likeness[self.home, country]),
        }

    def by_region(self, region):
        """The numbers that all places of a region share."""
        regions = self.c["region"]
        here = [i for i in self.all if regions[i] == region]
        country = self.country(here[0])

        def mass(places, more):
            return more + sum(math.sqrt(self.size(i)) for i in places if self.c["eligible"][i])

        size = mass(here, 300.0) / mass([i for i in self.all if self.country(i) == country], 1000.0)
        pull = sum(self.country(j) == self.home for i in here for j in self.partners[i])
        within = (pull + 2 * size) / (self.between[country, self.home] + 2)
        base = self.share[country] * within
        own = [i for i in self.all if regions[i] == regions[self.seeker]]
        ends = [regions[j] for i in own for j in self.partners[i]]
        pair = (ends.count(region) + 8 * base) / (len(ends) + 8)
        return {
            "region_pair": math.log(pair) - math.log(base),
            "region_pull": math.log(within) - math.log(size),
        }

    def _habits(self, country):
        """How alike a country's habits are to those at home."""
        roots = [
            [math.sqrt(self.between[c, other]) for other in self.countries]
            for c in (country, self.home)
        ]
        product = sum(map(float.__mul__, *roots))
        lengths = [math.sqrt(sum(root * root for root in row)) + 1 for row in roots]
        return product / math.prod(lengths)

    def few(self, place):
        """The numbers that are 0 for most places."""
        ties, own = self.partners[place], self.partners[self.seeker]
        guests = sum(self.country(i) == self.home for i in ties)
        other = [i for i in ties if i != self.seeker]
        kin = {i: self._habits(self.country(i)) for i in other}
        return {
            "guests": math.log1p(guests),
            "guest_share": guests / max(len(ties), 1),
            "ukraine": math.log1p(sum(self.country(i) == 0 for i in ties)),
            "kin_guests": math.log1p(sum(kin.values())),
            "like_guests": math.log1p(sum(kin[i] * self.alike(i, self.seeker) for i in other)),
            "shared": self._shared(place, own),
            "chain": self._chain(ties),
            "chain_home": self._chain(i for i in ties if self.country(i) == self.home),
            "kindred": self._kindred(ties, own),
            "beside_own": max((self._beside(place, i, 25) for i in own), default=0.0),
            "near": self._echo(place, 12),
            "wide": self._echo(place, 40),
            "namesake": float(self.c["namesake"][place] == self.c["namesake"][self.seeker]),
        }

    def _shared(self, place, own):
        if place == self.seeker:
            return 0.0
        common = self.partners[place] & own
        return math.log1p(4 * sum(1 / math.log(max(self.degree(i), 2)) for i in common))

    def _chain(self, middles):
        own = self.partners[self.seeker]
        total = 0.0
        for middle in middles:
            if middle != self.seeker:
                common = self.partners[middle] & own
                passed = sum(1 / math.sqrt(self.degree(i)) for i in common)
                total += passed / math.sqrt(self.degree(middle))
        return math.log1p(4 * total)

    def _kindred(self, ties, own):
        here, there = ({self.country(i) for i in places} for places in (own, ties))
        return len(here & there) / math.sqrt(max(len(here) * len(there), 1))

    def _beside(self, place, centre, scale):
        """How near a place that may be proposed lies to a tied one of its country, to 60 km."""
        if not self.c["eligible"][place] or self.country(place) != self.country(centre):
            return 0.0
        km = self.km(place, centre)
        return math.exp(-km / scale) if km <= 60 else 0.0

    def _echo(self, place, scale):
        total = sum(
            math.exp(-km / scale) * self._beside(place, j, scale)
            for i, km in self.near(self.seeker).items()
            for j in self.partners[i] - {self.seeker}
        )
        return math.log1p(5 * total)

    def keyed(self, place):
        """The numbers that are told by small keys, here without their rounding."""
        own, other = self.size(self.seeker), self.size(place)
        clocks = [self.c["clock"][i] for i in (self.seeker, place)]
        hours = abs(clocks[0] - clocks[1]) / 4
        shared = self.c["position"][place] & self.c["position"][self.seeker]
        ranks = [self.rank(i, "country") for i in (self.seeker, place)]
        return {
            "size": math.log(other / own) if own and other else math.nan,
            "inhabitants": math.log(other) if other else math.nan,
            "rank": ranks[1],
            "rank_step": ranks[1] - ranks[0],
            "region_rank": self.rank(place, "region"),
            "renown": math.log1p(min(self.c["renown"][place], 255)),
            "distance": math.log(self.km(self.seeker, place) + 10),
            "clock": math.nan if -128 in clocks else min(hours, 24 - hours),
            "coast": float(shared & 1 > 0),
            "border": float(shared & 2 > 0),
            "mountain": float(shared & 4 > 0),
            "seat": float(shared & 24 > 0),
            "seaport": float(shared & 32 > 0),
            "ties": math.log1p(self.degree(place)),
        }

    def rank(self, place, group):
        """ln of the rank by inhabitants; those that may not be proposed stand behind."""

        def stands(i):
            return (not self.c["eligible"][i], -self.size(i))

        mates = [i for i in self.all if self.c[group][i] == self.c[group][place]]
        return math.log(1 + sum(stands(i) < stands(place) for i in mates))
