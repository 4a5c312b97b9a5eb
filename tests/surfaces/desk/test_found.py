"""A finding leads to the field it is about."""

from __future__ import annotations

from django.urls import reverse

from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_writing import form


def test_a_remark_on_hashtags_leads_to_their_field(people: Cast, page: MessagePage) -> None:
    address = reverse("desk_check_page", args=[page.pk])
    shown = as_(people.ada).post(address, form(hashtags="eins zwei drei vier fünf")).content.decode()
    assert '<a href="#id_hashtags"' in shown
    assert "Schlagworte</a>" in shown
