"""`mistok ingest documents FILE…`: read documents; their proposals wait in the review queue."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mistok.accounts.actors import Actor
from mistok.ingest.corpus.gathering import ENDINGS
from mistok.ingest.documents.reader import the_reader
from mistok.ingest.documents.services import known_document, take_in
from mistok.ingest.documents.taking_in import Brought, drafts_of
from mistok.ingest.models import Document
from mistok.ingest.runs.report import peak_memory_mb
from mistok.ingest.runs.shell import Out
from mistok.kernel.errors import Invalid, NotFound, Refusal
from mistok.reading.intake import open_bytes


def add_arguments(parser: ArgumentParser) -> None:
    """The documents, and what is known of all of them."""
    add = parser.add_argument
    add("file", nargs="+", type=Path, help="text, HTML, PDF, DOCX, or a folder of them")
    add("--review", action="store_true", help="put the proposals into the queue (always so)")
    add("--publisher", default="", help="who published them")
    add("--published", default="", metavar="DATE", help="when, where a text does not say it")
    add("--url", default="", help="the address of the one document")
    add("--dry-run", action="store_true", help="read them, and keep nothing")
    add("--json", action="store_true", help="print the report as JSON")


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Take each document in once; one that cannot be read does not stop the others."""
    begun = time.monotonic()
    files = list(_files(options["file"]))
    if options["url"] and len(files) != 1:
        raise Invalid("An address belongs to one document. Name one file.", code="several_files")
    report = {"documents": 0, "new": 0, "known": 0, "proposals": 0}
    refused: list[dict[str, str]] = []
    for path in tqdm(files, desc="documents", unit="document", disable=None):
        try:
            new, proposals = _one(path, options)
        except (Refusal, OSError) as error:
            sentence = str(error)
            refused.append({"file": str(path), "sentence": sentence})
            stderr.write(f"{path.name}: {sentence}")
            continue
        report["documents"] += 1
        report["new" if new else "known"] += 1
        report["proposals"] += proposals
    told = {**report, "refused": refused, "dry_run": options["dry_run"]}
    told |= {"seconds": round(time.monotonic() - begun, 2), "peak_memory_mb": peak_memory_mb()}
    if options["json"]:
        stdout.write(json.dumps(told, ensure_ascii=False))
    else:
        _tell(told, stdout)
    if refused and len(refused) == len(files):
        raise Invalid("Nothing could be read. See above why.", code="nothing_read")


def _tell(told: Mapping[str, Any], stdout: Out) -> None:
    if told["dry_run"]:
        stdout.write("This was a trial: nothing was kept.")
    stdout.write(
        f"{told['documents']} documents read: {told['new']} new with {told['proposals']} proposals "
        f"that wait for review, {told['known']} known before, {len(told['refused'])} could not be "
        "read."
    )
    stdout.write(f"It took {told['seconds']} seconds and {told['peak_memory_mb']} MB of memory.")


def _one(path: Path, options: Mapping[str, Any]) -> tuple[bool, int]:
    """Whether the document is new, and how many proposals it brings."""
    data = path.read_bytes()
    if known_document(data=data, url=options["url"]) is not None:
        return False, 0
    text = open_bytes(data, name=path.name, published=options["published"], url=options["url"])
    if options["dry_run"]:
        return True, len(drafts_of(the_reader().read(text)))
    document = take_in(
        actor=Actor.at_the_shell(),
        text=text,
        data=data,
        origin=Document.Origin.SHELL,
        brought=Brought(
            url=options["url"], publisher=options["publisher"], published=options["published"]
        ),
    )
    return True, document.open_proposals


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise NotFound(
                f"There is no file or folder {path}. Check its name.", code="file_missing"
            )
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if one.suffix.lower() in ENDINGS)
        else:
            yield path
