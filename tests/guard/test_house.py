"""The house itself: pinned parts, sizes, import contracts, and work that may run on an empty town."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import wagtail
from django.utils.module_loading import import_string
from django_tasks.base import Task

from stadtnah.kernel.jobs import ticker, worker
from stadtnah.surfaces.website.moving_in import tasks as moving_in
from tools.sizes import problems

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("tasks.py"))


def test_the_cms_is_the_one_that_was_tried() -> None:
    """Add-ons drag it to other versions; the doors of the CMS were closed for this one."""
    assert wagtail.VERSION[:2] == (8, 0)


@pytest.mark.parametrize("folder", ["src", "demo"])
def test_modules_and_functions_stay_small(folder: str) -> None:
    assert problems(ROOT / folder) == []


def test_a_large_module_is_found(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_text("x = 1\n" * 401)
    assert len(problems(tmp_path)) == 1


@pytest.mark.slow
def test_import_contracts() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [script, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("work", list(ticker.PERIODICS), ids=lambda work: work.name)
def test_periodic_work_may_run_any_time(work: ticker.Periodic) -> None:
    """By its name it can be found again, and twice on an empty town harms nothing."""
    module, _, name = work.name.rpartition(".")
    assert import_string(f"{module}.{name}") is work.run
    assert work.every > 0
    work.run()
    work.run()


def tasks() -> list[Task]:
    found = []
    for path in SOURCES:
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        module = __import__(name, fromlist=["_"])
        found += [value for value in vars(module).values() if isinstance(value, Task)]
    return found


def test_tasks_can_be_found_by_workers() -> None:
    assert tasks()
    for task in tasks():
        assert import_string(task.module_path).func is task.func
        assert any(task.queue_name in lane for lane in worker.LANES)


def test_whatever_takes_hours_has_a_lane_of_its_own() -> None:
    """Reading an old website, or asking somebody's slow server for a calendar: pages that wait to be baked, the search and the sweep are in another."""
    slow = {moving_in.take_over.func, moving_in.read_calendar.func}
    assert {task.func for task in tasks() if task.queue_name == "takeover"} == slow
    assert [lane for lane in worker.LANES if "takeover" in lane] == [("takeover",)]


FOREIGN_ID = "00000000-0000-4000-8000-00000000dead"
# What a job gets in its payload that names nothing here: it does nothing, or it is refused.
PAYLOADS: dict[str, tuple[object, ...]] = {
    "stadtnah.channels.newsletter.tasks.mail_confirmation": (987654,),
    "stadtnah.channels.newsletter.tasks.mail_already": (FOREIGN_ID,),
    "stadtnah.services.feedback.tasks.mail_report": (FOREIGN_ID,),
    "stadtnah.services.feedback.tasks.mail_answer": (987654,),
    "stadtnah.services.events.tasks.mail_letter": (987654,),
    "stadtnah.services.events.tasks.mail_reminders": ([FOREIGN_ID],),
    "stadtnah.publishing.tasks.plan": ("f" * 64,),
    "stadtnah.publishing.tasks.deliver": ("fremdes-konto", 2),
    "stadtnah.publishing.tasks.ask": (FOREIGN_ID,),
    "stadtnah.publishing.tasks.tell": (FOREIGN_ID,),
    "stadtnah.publishing.tasks.release_bulk": (FOREIGN_ID,),
    "stadtnah.surfaces.website.quality.tasks.ask_websites": (),
    "stadtnah.surfaces.website.quality.tasks.read_pages": (),
    "stadtnah.surfaces.website.search.tasks.catch_up": (),
    "stadtnah.surfaces.website.search.tasks.take_marked": (),
    "stadtnah.surfaces.website.tasks.announce": (),
    "stadtnah.surfaces.website.tasks.renew_pages": ("f" * 64,),
    "stadtnah.surfaces.website.tasks.settle": (),
    "stadtnah.surfaces.website.tasks.sweep_store": (),
    "stadtnah.surfaces.website.moving_in.tasks.take_over": (FOREIGN_ID,),
    "stadtnah.surfaces.website.moving_in.tasks.read_calendar": (FOREIGN_ID,),
    "stadtnah.surfaces.website.moving_in.tasks.sort_in": (FOREIGN_ID, FOREIGN_ID),
    "stadtnah.surfaces.website.moving_in.tasks.lay_before": (FOREIGN_ID, FOREIGN_ID, "/desk/"),
}


def test_every_task_is_tried_with_a_foreign_id() -> None:
    assert {t.module_path for t in tasks()} == set(PAYLOADS)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(PAYLOADS))
def test_a_job_with_a_foreign_id_does_nothing(path: str) -> None:
    from django.core import mail

    task = import_string(path)
    assert not task.call(*PAYLOADS[path])
    assert mail.outbox == []
