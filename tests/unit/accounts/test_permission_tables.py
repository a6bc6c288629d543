"""The tables of rights and of an office's life: whole, and told in the docs as they are."""

from itertools import product

import pytest
from django.utils import translation

from mistok.accounts.descriptions import DESCRIPTIONS
from mistok.accounts.lifecycle import LIVING, OFFICE_TRANSITIONS, OfficeState, diagram
from mistok.accounts.permissions import (
    BINDING,
    EVERYBODY,
    NEEDS_MFA,
    OFFICE_ROLES,
    ROLE_LABELS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    needs_second_factor,
    roles_with,
)
from mistok.accounts.reference import permissions_page

A, O, C = Role.APPROVER, Role.OFFICER, Role.COORDINATOR  # noqa: E741


def test_every_act_is_described_in_one_sentence():
    assert set(DESCRIPTIONS) == set(Permission)
    with translation.override("en"):
        texts = [str(text) for text in DESCRIPTIONS.values()]
    assert [text for text in texts if text.count(".") != 1 or not text.endswith(".")] == []
    assert len(set(texts)) == len(texts)


def test_every_role_has_a_label_and_a_row():
    assert set(ROLE_PERMISSIONS) == set(ROLE_LABELS) == set(Role)
    assert set(OFFICE_ROLES) == set(Role) - {C}


@pytest.mark.parametrize("permission", Permission)
def test_every_act_can_be_done_by_somebody(permission):
    assert (permission in EVERYBODY) != bool(roles_with(permission))


def test_what_an_approver_alone_may_do_needs_a_second_factor():
    alone = ROLE_PERMISSIONS[A] - ROLE_PERMISSIONS[O]
    assert {Permission.APPROVE_PAPER, Permission.SIGN, Permission.END_TIE} < alone
    assert alone <= NEEDS_MFA


KEEPS_LISTS = (
    Permission.COORDINATE_ROUNDS,
    Permission.KEEP_WAITING_LIST,
    Permission.REVIEW_READINGS,
    Permission.KEEP_FEEDS,
    Permission.IMPORT_LISTS,
)
"""What a coordinator does day by day, which binds no municipality."""


def test_what_binds_needs_a_second_factor_of_a_coordinator():
    for permission in ROLE_PERMISSIONS[C]:
        only_hers = roles_with(permission) == [C]
        keeps_lists = permission in KEEPS_LISTS
        if permission in BINDING or (only_hers and not keeps_lists):
            assert needs_second_factor(C, permission)
    assert not needs_second_factor(O, Permission.EDIT_PROFILE)


def test_nobody_writes_a_paper_and_approves_it_in_one_role():
    writing = {Permission.DO_STEP, Permission.SUBMIT_FOR_APPROVAL, Permission.RECORD_DECISION}
    approving = {Permission.APPROVE_PAPER, Permission.RETURN_WITH_REASONS, Permission.SIGN}
    for role, (one, other) in product(Role, product(writing, approving)):
        assert not {one, other} <= ROLE_PERMISSIONS[role]


def test_officer_cannot_make_an_approver():
    assert Permission.INVITE_APPROVER not in ROLE_PERMISSIONS[O]
    assert roles_with(Permission.INVITE_APPROVER) == [A, C]


def test_page_of_rights_has_every_act_and_every_role(root):
    with translation.override("en"):
        page = permissions_page("<!-- made -->\n")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [row[0].strip("| `") for row in rows] == list(Permission)
    for row in rows:
        permission = Permission(row[0].strip("| `"))
        cells = dict(zip(Role, row[2:-1], strict=True))
        for role, cell in cells.items():
            may = permission in EVERYBODY or permission in ROLE_PERMISSIONS[role]
            assert bool(cell) == may
            assert (cell == "factor") == (may and needs_second_factor(role, permission))
        assert (row[-1].strip("| ") == "needed") == (permission in BINDING)
    body = page.partition("| act")[2]
    kept = (root / "docs" / "reference" / "permissions.md").read_text(encoding="utf-8")
    assert kept.partition("| act")[2] == body


def test_life_of_an_office_is_whole_and_told(root):
    assert set(OFFICE_TRANSITIONS) == set(OfficeState)
    assert {state for state in OfficeState if OFFICE_TRANSITIONS[state]} == set(LIVING)
    told = (root / "docs" / "explanation" / "offices.md").read_text(encoding="utf-8")
    assert diagram() in told
