"""The library of pictures: what there is, the way in, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from wagtail.models import Collection

from stadtnah.kernel import media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import rights_words
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website import edits
from stadtnah.surfaces.website.imageform import WORDS
from stadtnah.surfaces.website.images import Taken, TownImage

_PER_PAGE = 24
_MIDDLE = 50  # per cent of width and height
_SHAPES: dict[str, dict[str, Any]] = {"description": {"type": "textarea", "rows": 3}}
_NEEDED = frozenset({"title"})
_FIELDS = ("title", "description", "credit", "rights")
# How the website and the networks cut pictures: label, class of the sample.
_CUTS = (("breit", "wide"), ("als Kachel", "tile"), ("in sozialen Netzwerken", "share"))


@dataclass(frozen=True, slots=True)
class Focus:
    """The point that stays in sight however the picture is cut, in per cent from the left and from the top."""

    across: int = _MIDDLE
    down: int = _MIDDLE

    @classmethod
    def of(cls, image: TownImage) -> Focus:
        """Where it is; the middle when nothing was chosen."""
        kept = image.picture()
        if kept.focal_x is None or kept.focal_y is None:
            return cls()
        return cls(round(kept.focal_x * 100), round(kept.focal_y * 100))

    @classmethod
    def typed(cls, request: HttpRequest, before: Focus) -> Focus:
        """What the form says; where it says nonsense, what was there."""
        return cls(
            _share(request.POST.get("across", ""), before.across),
            _share(request.POST.get("down", ""), before.down),
        )

    def put(self, image: TownImage) -> None:
        """Keeps the point with the picture. The middle is no point: it is what everything does without one."""
        if self == Focus():
            image.set_focal_point(None)
            return
        image.focal_point_x = round(image.width * self.across / 100)
        image.focal_point_y = round(image.height * self.down / 100)
        image.focal_point_width = image.focal_point_height = 1


def _share(text: str, before: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= len("100") and int(text) <= 100 else before  # noqa: PLR2004 - per cent


@require_http_methods(["GET", "HEAD", "POST"])
def pictures_list(request: HttpRequest) -> HttpResponse:
    """All pictures, the newest first; a new one comes in above them."""
    access.require(request.user, Action.MEDIA_EDIT)
    refused: str = ""
    typed = {name: request.POST.get(name, "").strip() for name in ("title", "description")}
    if request.method == "POST":
        made, refused = _take(request, typed)
        if made is not None:
            return redirect("desk_image", made.pk)
    words = request.GET.get("q", "").strip()[:80]
    found: Any = TownImage.objects.order_by("-created_at", "-pk")
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(description__icontains=words) | Q(credit__icontains=words)
        )
    wanted = request.GET.get("status", "")
    page = Paginator(rights_words.only(found, wanted), _PER_PAGE).get_page(request.GET.get("seite"))
    standings = rights_words.standings(image.sha256 for image in page.object_list)
    shown = {
        "page": page,
        "rows": [{"image": image, "standing": standings[image.sha256]} for image in page.object_list],
        "filters": rights_words.FILTERS,
        "wanted": wanted,
        "words": words,
        "refused": refused,
        "typed": typed,
        "help": {name: text for name, (_label, text) in WORDS.items()},
    }
    return render(request, "desk/pictures.html", shown, status=400 if refused else 200)


def _take(request: HttpRequest, typed: dict[str, str]) -> tuple[TownImage | None, str]:
    """Takes the upload in: the picture, or what is wrong with it in German."""
    user, upload = access.require(request.user, Action.MEDIA_EDIT), request.FILES.get("file")
    if upload is None:
        return None, "Bitte wählen Sie ein Bild aus."
    longest = {name: TownImage._meta.get_field(name).max_length for name in typed}  # noqa: SLF001 - Django's documented way
    try:
        taken = media.ingest(upload.read(), filename=upload.name or "")
        there = TownImage.objects.filter(sha256=taken.sha256).order_by("pk").first()
        if there is not None:
            way = '<a href="{}">„{}“ öffnen</a>'
            return None, format_html(
                "Dieses Bild gibt es schon: " + way, _address(there), there.title or "Bild"
            )
        made = TownImage.objects.create(
            file=(file := Taken(taken, upload.name or "bild")),
            title=typed["title"][: longest["title"]] or str(file.name).rpartition(".")[0],
            description=typed["description"][: longest["description"]],
            uploaded_by_user=user,
            collection=Collection.get_first_root_node(),
        )
    except media.MediaError as error:
        return None, str(error)
    messages.success(
        request,
        f"„{made.title}“ ist aufgenommen. Öffentlich wird es mit der Freigabe einer Meldung oder Seite, die es zeigt.",
    )
    return made, ""


def _address(image: TownImage) -> str:
    return str(redirect("desk_image", image.pk).url)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, image_id: int) -> HttpResponse:
    """What is known of a picture, and the point that stays in sight however it is cut."""
    user = access.require(request.user, Action.MEDIA_EDIT)
    image = get_object_or_404(TownImage, pk=image_id)
    shown_before = image.picture()
    values = {name: getattr(image, name) for name in _FIELDS}
    wrong: dict[str, str] = {}
    before = focus = Focus.of(image)
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in values}
        focus = Focus.typed(request, before)
        for name, value in values.items():
            setattr(image, name, value)
        if focus != before:  # an untouched point stays as exact as it was
            focus.put(image)
        wrong = _wrong(image)
        if not wrong:
            with transaction.atomic():
                image.save()
                if image.picture() != shown_before:
                    edits.picture_changed(image, by=user)
            messages.success(
                request, f"„{image.title}“ ist gespeichert. Was schon freigegeben ist, bleibt, wie es ist."
            )
            return redirect("desk_pictures")
    fields = [
        Field(
            name,
            *_worded(name, values[name]),
            wrong.get(name, ""),
            required=name in _NEEDED,
            **_SHAPES.get(name, {}),
        )
        for name in _FIELDS
    ]
    shown = {
        "image": image,
        "saved_title": TownImage.objects.values_list("title", flat=True).get(pk=image_id),
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
        "focus": focus,
        "cuts": _CUTS,
        "standing": rights_words.standings([image.sha256])[image.sha256],
    }
    return render(request, "desk/picture.html", shown, status=400 if wrong else 200)


def _worded(name: str, value: str) -> tuple[str, str, str]:
    label, text = WORDS[name]
    return label, value, text


def _wrong(image: TownImage) -> dict[str, str]:
    """What the fields do not take, German, by field."""
    found: dict[str, str] = {}
    for name in _FIELDS:
        field = TownImage._meta.get_field(name)  # noqa: SLF001 - Django's documented way
        value = getattr(image, name)
        if name in _NEEDED and not value:
            found[name] = f"Bitte geben Sie eine {WORDS[name][0]} an."
            continue
        try:
            field.clean(value, image)
        except ValidationError:
            found[name] = f"Höchstens {field.max_length} Zeichen, es sind {len(value)}."
    return found
