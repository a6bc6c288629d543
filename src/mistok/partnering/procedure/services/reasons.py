"""The list of reasons for which papers come back: kept by administrators (F2-16)."""

import re

from django.utils.translation import gettext as _

from mistok.accounts.auditing import audited
from mistok.kernel.errors import Invalid
from mistok.partnering.models import ReturnReason
from mistok.partnering.procedure.words import BODIES

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def keep_reason(
    *, actor: object, code: str, title_en: str, title_uk: str, body: str = "", retired: bool = False
) -> ReturnReason:
    """Add a reason or change its words; a retired one stays with the papers that it sent back.

    `actor` is whoever /staff/ let in. Raises Invalid (`code_malformed`, `title_missing`,
    `word_unknown`).
    """
    with audited(actor, "keep_reason", f"reason {code}"[:80]) as audit:
        if not CODE.fullmatch(code) or len(code) > 40:
            raise Invalid(
                _("“%(code)s” is no code. Use small Latin letters, figures and hyphens.")
                % {"code": code[:40]},
                code="code_malformed",
            )
        if not title_en.strip() or not title_uk.strip():
            raise Invalid(_("Write the reason in English and Ukrainian."), code="title_missing")
        if body and body not in BODIES:
            raise Invalid(_("Choose the body from the list."), code="word_unknown")
        titles = {"en": title_en.strip()[:200], "uk": title_uk.strip()[:200]}
        fields = {"titles": titles, "body": body, "retired": retired}
        kept, _new = ReturnReason.objects.update_or_create(code=code, defaults=fields)
        audit.done(after=fields)
        return kept
