"""Accounts of staff. Citizens have none.

A person belongs to the municipality or to an agency, for good: `kind` is fixed when the account is made (a database
trigger keeps it), so that nobody of an agency can become an approver by editing a user.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from stadtnah.kernel import triggers


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Makes an account; `email` is lower-cased, it is the name one signs in with."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Refused: there is no standing superuser (docs/decisions/0007-access.md)."""
        raise PermissionError(
            "Es gibt kein Superuser-Konto. Rollen vergibt die Kommune im Redaktionsbereich."
        )

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing] # Wagtail is untyped
    """A named person who signs in to the desk."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommune"
        AGENCY = "agency", "Agentur"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("E-Mail-Adresse", unique=True, max_length=254)
    name = models.CharField("Name", max_length=120)
    position = models.CharField("Funktion", max_length=120, blank=True)
    kind = models.CharField("gehört zu", max_length=12, choices=Kind.choices)
    is_active = models.BooleanField("aktiv", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "kind"]

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["municipality", "agency"]), name="user_kind_known"
            ),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin is not used; nobody is staff in its sense."""
        return False

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    # Wagtail asks for these two.
    @property
    def first_name(self) -> str:
        return self.name.rpartition(" ")[0]

    @property
    def last_name(self) -> str:
        return self.name.rpartition(" ")[2]


triggers.refuse(
    "identity_user_kind_fixed",
    "identity_user",
    "UPDATE",
    "Person: Kommune oder Agentur steht fest",
    "NEW.kind <> OLD.kind",
)
triggers.no_replace("identity_user", "Person", "id", "email")
