"""Several connections side by side. Threads only talk SMTP; database and `stop` stay with the caller's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from stadtnah.channels.newsletter.smtp.session import BrokenError, Server, Session, Verdict
from stadtnah.channels.newsletter.smtp.wire import LostError
from stadtnah.publishing.channel import Permanent, Temporary, Unknown

logger = logging.getLogger(__name__)
# So many mailboxes of one domain in a row refused for now: the domain is asked again with the next try, not mail by mail.
_DOMAIN_PATIENCE = 5
# So many mails in a row on which the server hung or hung up: the others wait for the next try instead of hanging, too.
_PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail ready to go. `make` builds its bytes only when a connection is free."""

    delivery_id: str
    to: str
    message_id: str
    make: Callable[[], bytes]


def _announced(groups: Iterable[list[Letter]], begin: Callable[[Sequence[str]], None]) -> Iterator[Letter]:
    for few in groups:
        if few:
            begin([letter.delivery_id for letter in few])
            yield from few


class Pool:
    """Sends letters over up to `connections` connections."""

    def __init__(self, server: Server, connections: int) -> None:
        self._server = server
        self._waiting: SimpleQueue[Letter | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[Letter, Verdict | None]] = SimpleQueue()
        self._count = max(1, connections)
        self._lock = threading.Lock()
        self._opened = threading.Event()  # the first connection stands, or nothing can be reached
        self._halted = threading.Event()
        self._running = self._count
        self._down: Verdict | None = None
        self._refusing: dict[str, int] = {}
        self._in_doubt = 0

    @property
    def ahead(self) -> int:
        """How many letters are under way at once: twice as many as connections, so that none waits for the caller."""
        return 2 * self._count

    def run(
        self,
        groups: Iterable[list[Letter]],
        stop: Callable[[], bool],
        begin: Callable[[Sequence[str]], None],
    ) -> Iterator[tuple[Letter, Verdict]]:
        """Yields each letter with its verdict as soon as it is known.

        Asks `stop` before each is handed out, and says `begin` for a group before the first of it is.
        """
        threads = [
            threading.Thread(target=self._work, args=(number == 0,), name=f"smtp-{number}", daemon=True)
            for number in range(self._count)
        ]
        for thread in threads:
            thread.start()
        under_way = 0
        try:
            for letter in _announced(groups, begin):
                while under_way >= self.ahead:
                    under_way -= 1
                    yield from self._taken()
                if stop():
                    self._halted.set()
                    break
                self._waiting.put(letter)
                under_way += 1
            for _ in range(under_way):
                yield from self._taken()
        finally:
            self._halted.set()
            self._opened.set()
            for _ in threads:
                self._waiting.put(None)
            for thread in threads:
                thread.join()

    def _taken(self) -> Iterator[tuple[Letter, Verdict]]:
        letter, verdict = self._done.get()
        if verdict is not None:  # None: stopped before it was begun
            yield letter, verdict

    def _work(self, first: bool) -> None:  # noqa: FBT001 - a thread's target
        if not first:
            self._opened.wait()
        session: Session | None = None
        while (letter := self._waiting.get()) is not None:
            if self._halted.is_set():
                self._done.put((letter, None))
                continue
            try:
                session, verdict = self._send(session, letter)
            except Exception:
                # The caller must hear of every letter, also after a fault of ours. No address in the log.
                logger.exception("preparing a newsletter mail failed in our own code")
                verdict = Verdict(Temporary("Die Mail konnte nicht vorbereitet werden."))
                self._opened.set()
            if verdict is None:  # another connection takes it over, this one is not wanted by the server
                self._waiting.put(letter)
                return
            self._done.put((letter, verdict))
        if session is not None:
            session.close()

    def _send(self, session: Session | None, letter: Letter) -> tuple[Session | None, Verdict | None]:
        if (refused := self._refused_already(letter)) is not None:
            return session, refused
        mail = letter.make()
        for _ in range(2):
            if session is None or not session.alive:
                try:
                    session = Session(self._server)
                except (LostError, BrokenError) as problem:
                    return None, self._unreachable(problem)
                self._opened.set()
            used = session.used
            try:
                verdict = session.send(letter.to, mail, letter.message_id)
            except LostError as problem:
                verdict = Verdict(Temporary(str(problem)))
                # Servers close a connection after a number of mails: a fresh one is worth one try.
                if used:
                    continue
            except BrokenError as problem:
                self._down = verdict = Verdict(Permanent(str(problem), account_broken=True))
            except Exception:
                logger.exception("sending a newsletter mail failed in our own code")
                verdict = Verdict(Unknown("Der Versand dieser Mail brach unerwartet ab."))
                session.drop()
            self._note(letter, verdict, answered=session.alive)
            return session, verdict
        self._note(letter, verdict, answered=False)
        return session, verdict

    def _unreachable(self, problem: LostError | BrokenError) -> Verdict | None:
        with self._lock:
            if self._opened.is_set() and self._running > 1 and isinstance(problem, LostError):
                self._running -= 1
                return None
            if isinstance(problem, BrokenError):
                self._down = Verdict(Permanent(str(problem), account_broken=True))
            else:
                self._down = Verdict(Temporary(str(problem)))
        self._opened.set()
        return self._down

    def _refused_already(self, letter: Letter) -> Verdict | None:
        if self._down is not None:
            return self._down
        domain = letter.to.rpartition("@")[2]
        if self._refusing.get(domain, 0) < _DOMAIN_PATIENCE:
            return None
        # Not its name: a domain of one's own says who it is, and an agency reads the proof.
        reason = "Der Mailserver dieses Postfachs nimmt zurzeit nichts an."
        return Verdict(Temporary(reason, of_recipient=True))

    def _note(self, letter: Letter, verdict: Verdict, *, answered: bool) -> None:
        domain = letter.to.rpartition("@")[2]
        with self._lock:
            self._refusing[domain] = self._refusing.get(domain, 0) + 1 if verdict.greylisted else 0
            silent = isinstance(verdict.outcome, Temporary | Unknown) and not (answered or verdict.greylisted)
            self._in_doubt = self._in_doubt + 1 if silent else 0
            if self._in_doubt >= _PATIENCE and self._down is None:
                self._down = Verdict(Temporary("Der Mailserver antwortet zurzeit nicht."))
