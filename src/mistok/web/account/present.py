"""What the page of one's own account shows."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from mistok.accounts.models import User


def account_context(person: User) -> dict[str, Any]:
    """Address, password, factors, sessions; for staff also where letters lie that cannot leave."""
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    leaving = EmailAddress.objects.filter(user=person, verified=False).first()
    return {
        "address": person.email,
        "new_address": leaving.email if leaving else "",
        "has_password": person.has_usable_password(),
        "app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "sessions": len(UserSession.objects.purge_and_list(person)),
        "mail_folder": settings.MISTOK_MAIL_FOLDER
        if person.is_staff and not settings.MISTOK_MAIL_HOST
        else "",
    }
