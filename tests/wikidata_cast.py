"""Answers of Wikidata as its query service writes them, and a query service on this machine."""

import gzip
import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTITY = "http://www.wikidata.org/entity/"
RANK = "http://wikiba.se/ontology#{}Rank"
BLANK = {"type": "uri", "value": "http://www.wikidata.org/.well-known/genid/5c1f0a2b7d"}
OLD_BLANK = {"type": "bnode", "value": "t1234"}


def uri(text):
    return {"type": "uri", "value": text}


def word(text, lang=""):
    return {"type": "literal", "value": text} | ({"xml:lang": lang} if lang else {})


def number(text):
    return {
        "type": "literal",
        "value": str(text),
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }


def time(text):
    """A time with day, month or year as Wikidata fills it up."""
    full = f"{text}-01-01"[:10] if len(text) < 10 else text
    return {
        "type": "literal",
        "value": f"{full}T00:00:00Z",
        "datatype": "http://www.w3.org/2001/XMLSchema#dateTime",
    }


def precision(text):
    return number({4: 9, 7: 10, 10: 11}[len(text)])


def item(name, q, *, en="", uk="", point=None, geonames="", katottg="", country=""):
    """The cells of one side of a statement."""
    cells = {
        name: uri(f"{ENTITY}{q}") if isinstance(q, str) else q,
        f"{name}En": word(en, "en") if en else None,
        f"{name}Uk": word(uk, "uk") if uk else None,
        f"{name}Geonames": word(geonames) if geonames else None,
        f"{name}Katottg": word(katottg) if katottg else None,
        f"{name}Country": word(country) if country else None,
    }
    if point:
        cells[f"{name}Point"] = {
            "type": "literal",
            "value": f"Point({point[1]} {point[0]})",
            "datatype": "http://www.opengis.net/ont/geosparql#wktLiteral",
        }
    return {key: value for key, value in cells.items() if value is not None}


def binding(ident, one, other, *, rank="Normal", start="", end="", point="", **cells):
    """One line of an answer; further cells are given as they are, None leaves one out."""
    line = {"statement": uri(f"{ENTITY}statement/{ident}"), "rank": uri(RANK.format(rank))}
    for name, told in (("start", start), ("end", end), ("point", point)):
        if isinstance(told, dict):
            line[name] = told
        elif told:
            line |= {name: time(told), f"{name}Precision": precision(told)}
    line |= {**item("item", **one), **item("other", **other), **cells}
    return {name: cell for name, cell in line.items() if cell is not None}


def answer(*bindings):
    """The bytes of an answer."""
    names = sorted({name for line in bindings if isinstance(line, dict) for name in line})
    told = {"head": {"vars": names}, "results": {"bindings": list(bindings)}}
    return json.dumps(told, ensure_ascii=False).encode()


class QueryService:
    """A query service that answers from recorded bindings, page by page, or as it is told to.

    `troubles` are (status, headers) that the next questions meet first; `asked` keeps the queries
    and `agents` who asked.
    """

    def __init__(self, bindings=(), *, packed=True):
        self.bindings = list(bindings)
        self.packed = packed
        self.troubles = []
        self.asked, self.agents = [], []
        self.raw = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/sparql"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    def page(self, query):
        """What the real service would answer: the statements after the last, in order."""
        limit = int(re.search(r"LIMIT (\d+)", query)[1])
        after = re.search(r'STR\(\?statement\) > "([^"]*)"', query)[1]
        country = re.search(r'wdt:P297 "([A-Z]{2})"', query)[1]
        mine = [
            line
            for line in self.bindings
            if line.get("itemCountry", {}).get("value", country) == country
            and line["statement"]["value"] > after
        ]
        wanted = sorted({line["statement"]["value"] for line in mine})[:limit]
        lines = [line for line in mine if line["statement"]["value"] in wanted]
        return answer(*sorted(lines, key=lambda line: line["statement"]["value"]))


def handler_of(service):
    """Answers for this service."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
            query = asked["query"][0]
            service.asked.append(query)
            service.agents.append(self.headers["User-Agent"])
            if service.troubles:
                status, headers = service.troubles.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                return
            data = service.page(query) if service.raw is None else service.raw
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json;charset=utf-8")
            if service.packed:
                self.send_header("Content-Encoding", "gzip")
                data = gzip.compress(data) if service.raw is None else data
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args):
            """Say nothing."""

    return Handler
