"""Said whenever what is allowed may be another: whoever shows pictures listens (it is in the same transaction)."""

from __future__ import annotations

from django.dispatch import Signal

changed = Signal()  # digests: set[str]
