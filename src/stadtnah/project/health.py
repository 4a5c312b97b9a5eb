"""What operators and load balancers ask."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stadtnah import __version__
from stadtnah.kernel import clock, letters, storage, triggers
from stadtnah.kernel.jobs.models import Lease
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import waiting


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the cell serves, 503 when it should get no traffic (database gone, locks missing)."""
    problems: list[str] = []
    late = 0
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if triggers.missing():
            problems.append("locks")
        lease = Lease.objects.filter(name="ticker").first()
        worker = bool(lease and lease.until > clock.now())
        late = waiting.count()
    except DatabaseError:
        problems.append("database")
        worker = False
    body = {
        "status": "unavailable" if problems else "ok",
        "version": __version__,
        "worker": worker,
        "pages_waiting": late,
        "problems": problems,
    }
    return JsonResponse(body, status=503 if problems else 200)


@never_cache
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """Counters in the Prometheus text format (exposition format 0.0.4). No personal data, no names of messages."""
    lines = ["# TYPE stadtnah_deliveries gauge"]
    rows = publishing.Delivery.objects.values("channel", "state").annotate(number=Count("pk"))
    lines += [
        f'stadtnah_deliveries{{channel="{r["channel"]}",state="{r["state"]}"}} {r["number"]}'
        for r in rows.order_by("channel", "state")
    ]
    lines.append("# TYPE stadtnah_dispatches gauge")
    for row in publishing.Dispatch.objects.values("state").annotate(number=Count("pk")).order_by("state"):
        lines.append(f'stadtnah_dispatches{{state="{row["state"]}"}} {row["number"]}')
    lines.append("# TYPE stadtnah_accounts_held gauge")
    lines.append(
        f"stadtnah_accounts_held {publishing.ChannelAccount.objects.filter(held_at__isnull=False).count()}"
    )
    lines += ["# TYPE stadtnah_pages_waiting gauge", f"stadtnah_pages_waiting {waiting.count()}"]
    lines += ["# TYPE stadtnah_mails_unclear gauge", f"stadtnah_mails_unclear {letters.unclear()}"]
    lines += ["# TYPE stadtnah_storage_free_bytes gauge", f"stadtnah_storage_free_bytes {storage.free()}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
