"""The same website as the forwardings have."""

from __future__ import annotations

from tests.surfaces.website.forwarding.conftest import data_folder, page, people, website  # noqa: F401
