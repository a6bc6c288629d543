"""What an import did: taken, known, refused; the same shape for every adapter."""

from dataclasses import dataclass, field

from mistok.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not taken: where it stands and one sentence why."""

    file: str
    line: int
    sentence: str
    code: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


@dataclass(slots=True)
class Report:
    """Counts of an import; `refused` keeps every row that was set aside."""

    rows: int = 0
    taken: int = 0
    known: int = 0
    refused: list[SetAside] = field(default_factory=list)
    unchanged: bool = False

    def set_aside(self, file: str, line: int, refusal: Refusal) -> None:
        """Keep a bad row's place and reason; the good rows go on."""
        self.refused.append(SetAside(file, line, str(refusal), refusal.code))

    def as_json(self) -> dict[str, object]:
        """The report for programs."""
        return {
            "rows": self.rows,
            "taken": self.taken,
            "known": self.known,
            "unchanged": self.unchanged,
            "refused": [
                {"file": row.file, "line": row.line, "code": row.code, "sentence": row.sentence}
                for row in self.refused
            ],
        }
