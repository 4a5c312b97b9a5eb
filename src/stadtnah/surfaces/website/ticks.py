"""What is looked after from time to time."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website import heartbeat, overtaken, rights_mails, sitemaps, takedown, tasks


@ticker.periodic(every=5)
def settle_lists() -> None:
    """What is stale is baked, also what a killed worker left so; asks one small table when there is nothing."""
    tasks.wake_settle()


@ticker.periodic(every=heartbeat.EVERY)
def beat() -> None:
    """Says that this website is looked after."""
    heartbeat.beat()


@ticker.periodic(every=20)
def take_down() -> None:
    """Takes down pictures whose licence or consent ended at local midnight; one small query when there is nothing."""
    takedown.look()


@ticker.periodic(every=3600)
def tell_of_rights() -> None:
    """Mails about pictures whose rights end."""
    rights_mails.tell()


@ticker.periodic(every=86400)
def note_use() -> None:
    """Which pictures are public today."""
    takedown.note_use()


@ticker.periodic(every=60)
def renew_pages() -> None:
    """After an update the stored pages are made anew; reads one small file when there is nothing to do."""
    tasks.wake()


@ticker.periodic(every=3600)
def sweep_store() -> None:
    """Takes out what no longer belongs on the website and mends what was changed."""
    tasks.wake_sweep()
    overtaken.forget()


@ticker.periodic(every=900)
def let_news_age() -> None:
    """What is older than two days leaves the list of news for search engines."""
    sitemaps.bake_news()


@ticker.periodic(every=60)
def announce_changes() -> None:
    """Asks one small table; does nothing unless IndexNow is switched on."""
    tasks.wake_indexnow()
