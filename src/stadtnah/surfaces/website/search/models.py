"""The index: what can be found, which words stand in it, and how words are misspelled. All of it can be made anew from what is released."""

from __future__ import annotations

from django.db import models

from stadtnah.surfaces.website.search.letters import LONGEST


class Facet(models.IntegerChoices):
    """What readers can narrow their search to; the numbers are kept in the index."""

    SERVICE = 1, "Dienstleistungen"
    OFFICE = 2, "Ämter und Einrichtungen"
    PAGE = 3, "Seiten"
    NEWS = 4, "Aktuelles"
    FILE = 5, "Dokumente"
    WORD = 6, "Begriffe"


class Entry(models.Model):
    """Something that can be found: a released page, a document it offers, a word it explains."""

    source = models.CharField(max_length=80, db_index=True)  # object key of the released page
    shape = models.CharField(
        max_length=80
    )  # what it was made of and how: the digest of the page, our own number
    facet = models.PositiveSmallIntegerField(choices=Facet.choices)
    path = models.CharField(max_length=500)
    language = models.CharField(max_length=16)
    title = models.CharField(max_length=400)
    lead = models.TextField(blank=True)  # what stands below the title in a list of results
    text = models.TextField(blank=True)  # where excerpts are cut from
    names = models.TextField(blank=True)  # other words for it
    day = models.PositiveIntegerField(default=0)  # of news, as date.toordinal(); 0: does not age
    stems = models.TextField(blank=True)  # of its title, parted by blanks
    root = models.CharField(max_length=160, blank=True, default="")  # of the member site that it is of

    class Meta:
        verbose_name = "Eintrag der Suche"
        verbose_name_plural = "Einträge der Suche"

    def __str__(self) -> str:
        return self.path


class Term(models.Model):
    """A word of the index by its stem. `entries` counts where it stands; a word that only synonyms know stands nowhere."""

    stem = models.CharField(max_length=LONGEST, unique=True)
    back = models.CharField(max_length=LONGEST, db_index=True)  # from its last letter to its first
    shown = models.CharField(max_length=80)  # as somebody wrote it
    entries = models.IntegerField(default=0)
    known = models.BooleanField(default=False)  # a word of the synonyms

    def __str__(self) -> str:
        return self.shown


class Posting(models.Model):
    """A word stands in an entry, and how much it says about it. Read from the heaviest down, so it takes as long on a large website."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, db_index=False, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, db_index=False, related_name="+")
    facet = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    day = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["term", "facet", "-weight", "entry", "day"], name="search_heaviest"),
            models.Index(fields=["entry", "term", "weight"], name="search_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.entry_id}"


class SitePosting(models.Model):
    """The same once more for each member site whose search finds the entry, so that a site's search too reads from the heaviest down.

    A municipality without such sites has none.
    """

    site = models.BigIntegerField()  # `sites`
    # Words go only when they stand nowhere any more; asking for them here would read the whole table.
    term = models.ForeignKey(
        Term, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+"
    )
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    facet = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    day = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["site", "term", "facet", "-weight", "entry", "day"], name="search_on_site")
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.entry_id} on {self.site}"


class Misspelling(models.Model):
    """A word with one or two letters left out, as a number: two words that are spelled alike share one (`spelling`)."""

    key = models.BigIntegerField()
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key", "term"], name="search_misspelled")]

    def __str__(self) -> str:
        return str(self.key)


class Tally(models.Model):
    """How many entries there are; counting them anew would take longer the more there are."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    entries = models.IntegerField(default=0)
    words = models.CharField(
        max_length=64, blank=True
    )  # digest of the synonyms that `Term.known` was made of

    def __str__(self) -> str:
        return str(self.entries)


class OwnWords(models.Model):
    """What people call things here: a line for each group of words that mean the same. The municipality's own, beside ours."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    text = models.TextField("Gleichbedeutende Wörter", blank=True)

    class Meta:
        verbose_name = "eigene Wörter der Suche"
        verbose_name_plural = "eigene Wörter der Suche"

    def __str__(self) -> str:
        return self.text[:80]
