"""Pictures cut for the desk by the CMS."""

from __future__ import annotations

import gc
import warnings

import pytest

from stadtnah.surfaces.website.images import TownImage
from tests.surfaces.website.conftest import photo

pytestmark = pytest.mark.django_db


def test_a_picture_cut_for_the_desk_leaves_no_file_open() -> None:
    image = TownImage.take(photo(), filename="wiese.jpg")
    gc.collect()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", ResourceWarning)
        rendition = image.get_rendition("max-165x165")
        assert (rendition.width, rendition.height) == (165, 110)
        with rendition.file.open() as file:
            assert file.read(2) == b"\xff\xd8"
        del rendition, image, file
        gc.collect()
    assert [str(one.message) for one in said if one.category is ResourceWarning] == []
