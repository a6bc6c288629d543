"""Two pages of docs/reference, told by the tables themselves: rights, and personal data."""

from collections.abc import Iterable

from mistok.accounts.descriptions import DESCRIPTIONS
from mistok.accounts.permissions import (
    BINDING,
    EVERYBODY,
    ROLE_LABELS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    needs_second_factor,
)
from mistok.accounts.personal_data import purposes


def permissions_page(made: str) -> str:
    """Every act with every role; `made` is the line that says that the page is generated."""
    head = ("act", "what it is", *(str(ROLE_LABELS[role]) for role in Role), "verified office")
    rows = [
        (
            f"`{permission}`",
            str(DESCRIPTIONS[permission]),
            *(_cell(role, permission) for role in Role),
            "needed" if permission in BINDING else "",
        )
        for permission in Permission
    ]
    return (
        f"# Who may do what\n\n{made}\n"
        "**yes**: this role may. **factor**: it may with a second factor (passkey or "
        "authenticator app). Empty: it may not, and nothing but this table can allow it.\n\n"
        "Officer, approver, storekeeper, auditor and donor act for their own office only (a "
        "donor's acts begin with needs and offers). A "
        "coordinator acts inside a scope: a country, a region, or the world. Where a verified "
        "office is needed, members of a claimed, contested, suspended or closed office are "
        "refused. A superuser may do what a coordinator of the world may, with a second factor; "
        "stewards of /staff/ keep rounds, the waiting list, shortlists and profiles as if they "
        "coordinated the world. See [Offices](../explanation/offices.md).\n\n" + _table(head, rows)
    )


def _cell(role: Role, permission: Permission) -> str:
    if permission in EVERYBODY:
        return "yes"
    if permission not in ROLE_PERMISSIONS[role]:
        return ""
    return "factor" if needs_second_factor(role, permission) else "yes"


def personal_data_page(made: str) -> str:
    """The register of personal data in English."""
    parts = [
        f"## {one.purpose['en']}\n\n"
        + _table(
            ("", ""),
            [
                ("fields", ", ".join(f"`{name}`" for name in one.fields)),
                ("ground", one.legal_ground["en"]),
                ("kept", one.retention["en"]),
                ("consent", one.consent["en"]),
                ("passed on", one.transfers["en"]),
                ("standing of the ground", one.standing),
            ],
        )
        for one in purposes()
    ]
    return (
        f"# Personal data\n\n{made}\n"
        "Every field that tells of a living person, why it is kept, on which ground and how long. "
        "A person takes her data away and has herself erased without asking anybody; what she did "
        "stays, under a reference that leads to nobody.\n\n" + "\n".join(parts)
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)
