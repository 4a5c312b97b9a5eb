"""What whoever leads a municipality is called: by the law of the Land and by who holds the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Office:
    """An office. whose: „der Bürgermeisterin“."""

    key: str
    name: str
    whose: str
    english: str

    def blog(self, *, english: bool = False) -> str:
        """„Blog der Bürgermeisterin“."""
        return f"{self.english}’s blog" if english else f"Blog {self.whose}"


# The municipal codes of the Länder name them so; a town that has another one keeps the neutral first.
OFFICES: Final = (
    Office("rathaus", "Rathaus", "aus dem Rathaus", "Town hall"),
    Office("buergermeisterin", "Bürgermeisterin", "der Bürgermeisterin", "Mayor"),
    Office("buergermeister", "Bürgermeister", "des Bürgermeisters", "Mayor"),
    Office("erste-buergermeisterin", "Erste Bürgermeisterin", "der Ersten Bürgermeisterin", "Mayor"),
    Office("erster-buergermeister", "Erster Bürgermeister", "des Ersten Bürgermeisters", "Mayor"),
    Office("oberbuergermeisterin", "Oberbürgermeisterin", "der Oberbürgermeisterin", "Lord Mayor"),
    Office("oberbuergermeister", "Oberbürgermeister", "des Oberbürgermeisters", "Lord Mayor"),
    Office("ortsbuergermeisterin", "Ortsbürgermeisterin", "der Ortsbürgermeisterin", "Village Mayor"),
    Office("ortsbuergermeister", "Ortsbürgermeister", "des Ortsbürgermeisters", "Village Mayor"),
    Office("ortsvorsteherin", "Ortsvorsteherin", "der Ortsvorsteherin", "Village Head"),
    Office("ortsvorsteher", "Ortsvorsteher", "des Ortsvorstehers", "Village Head"),
    Office("verbandsbuergermeisterin", "Verbandsbürgermeisterin", "der Verbandsbürgermeisterin", "Mayor"),
    Office("verbandsbuergermeister", "Verbandsbürgermeister", "des Verbandsbürgermeisters", "Mayor"),
    Office("samtgemeindebuergermeisterin", "Samtgemeindebürgermeisterin", "der Samtgemeindebürgermeisterin", "Mayor"),
    Office("samtgemeindebuergermeister", "Samtgemeindebürgermeister", "des Samtgemeindebürgermeisters", "Mayor"),
    Office("amtsdirektorin", "Amtsdirektorin", "der Amtsdirektorin", "Director"),
    Office("amtsdirektor", "Amtsdirektor", "des Amtsdirektors", "Director"),
    Office("landraetin", "Landrätin", "der Landrätin", "District Administrator"),
    Office("landrat", "Landrat", "des Landrats", "District Administrator"),
)  # fmt: skip
CHOICES: Final = [(one.key, one.name) for one in OFFICES]
DEFAULT: Final = OFFICES[0].key
_BY_KEY: Final = {one.key: one for one in OFFICES}


def office(key: str) -> Office:
    """The office with this key; the neutral one for a key that there is no more."""
    return _BY_KEY.get(key, OFFICES[0])
