"""What browsers tell of passkeys, read with care: allauth trusts it to be well-formed."""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as stock
from django import forms

BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)
"""What its parsers of JSON, CBOR and keys raise when a part is missing or of another kind."""


class CredentialField(forms.JSONField):
    """What a passkey said, as JSON that a database can keep."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """The JSON; a ValidationError for one that is too deep or holds a NUL."""
        try:
            told = super().to_python(value)
            kept = json.dumps(told, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError):
            kept = rb"\u0000"
        if rb"\u0000" in kept:
            raise get_adapter().validation_error("incorrect_code")
        return told


@contextmanager
def read_with_care() -> Iterator[None]:
    """Nothing that is sent for a passkey is an error of ours."""
    try:
        yield
    except BROKEN as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(stock.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey is made."""

    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        """As allauth does it."""
        with read_with_care():
            told: dict[str, Any] = super().clean()
        return told


class _ShowPasskey:
    """A passkey is shown."""

    def clean_credential(self) -> Any:
        """As allauth does it."""
        with read_with_care():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticatePasskeyForm(_ShowPasskey, stock.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey is the second step of a sign-in."""

    credential = CredentialField()


class LoginPasskeyForm(_ShowPasskey, stock.LoginWebAuthnForm):  # type: ignore[misc]
    """Somebody signs in with a passkey."""

    credential = CredentialField()


class ReauthenticatePasskeyForm(_ShowPasskey, stock.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Somebody shows a passkey again."""

    credential = CredentialField()
