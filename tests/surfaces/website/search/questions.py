"""The questions of citizens, and whether the search answers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

FILE = Path(__file__).resolve().parents[4] / "bench" / "data" / "fragen.tsv"


@dataclass(frozen=True)
class Question:
    """What somebody asks, and the addresses that answer it."""

    text: str
    answers: tuple[str, ...]

    def met_by(self, paths: Sequence[str]) -> bool:
        """Whether one of these answers it."""
        return any(fnmatchcase(path, answer) for path in paths for answer in self.answers)


def questions() -> list[Question]:
    """All of them, in the order of the file."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [Question(text, tuple(answers.split())) for text, answers in (line.split("\t") for line in lines)]


def halves() -> tuple[list[Question], list[Question]]:
    """Those the search was set by, and those it is only measured by."""
    every = questions()
    return every[::2], every[1::2]


def missed(
    asked: Sequence[Question], find: Callable[[str], Sequence[str]], first: int = 3
) -> list[tuple[Question, list[str]]]:
    """Those that none of the first results answers, with what came instead."""
    wrong = []
    for question in asked:
        paths = list(find(question.text))[:first]
        if not question.met_by(paths):
            wrong.append((question, paths))
    return wrong
