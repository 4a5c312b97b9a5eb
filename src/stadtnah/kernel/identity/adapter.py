"""How allauth behaves here: staff only, no sign-up, sealed second-factor secrets."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from stadtnah.kernel import vault
from stadtnah.kernel.identity import invitation
from stadtnah.kernel.identity.peers import client_address


class StaffOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the municipality; nobody signs up."""

    # one text for "no such account", "wrong password" and "closed": nobody learns which accounts there are
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-Mail-Adresse oder Kennwort stimmt nicht. Bitte prüfen Sie beides.",
        "too_many_login_attempts": (
            "Das waren zu viele Versuche. Bitte warten Sie fünf Minuten und versuchen Sie es dann noch einmal. "
            "Ihr Kennwort gilt unverändert."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind the proxies the operator named."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Where the town is reached: never what the request says about its own address."""
        return invitation.address_of(key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries count for an account and the address they come from.

        For the account alone, anybody could keep an approver out with five wrong tries every five minutes.
        """
        return f"{client_address(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"


class SealedMfaAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are stored encrypted with the municipality's key."""

    def encrypt(self, text: str) -> str:
        return vault.seal({"v": text}, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text, purpose="mfa")["v"]

    def build_totp_url(self, user: Any, secret: str) -> str:
        return str(super().build_totp_url(user, secret))
