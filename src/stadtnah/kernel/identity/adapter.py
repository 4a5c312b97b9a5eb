"""How allauth behaves here: staff only, no sign-up, sealed second-factor secrets."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from stadtnah.kernel import vault


class StaffOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the municipality; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The peer address; a forwarded header is only believed from a proxy the operator named."""
        return str(request.META.get("REMOTE_ADDR", "")) or "127.0.0.1"


class SealedMfaAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are stored encrypted with the municipality's key."""

    def encrypt(self, text: str) -> str:
        return vault.seal({"v": text}, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text, purpose="mfa")["v"]

    def build_totp_url(self, user: Any, secret: str) -> str:
        return str(super().build_totp_url(user, secret))
