"""Somebody of the demo with a browser, for the benchmarks that click."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx

PASSWORD = "stadtnah-demo"


class Person:
    """Somebody with a browser: cookies, and what a form carries of itself."""

    def __init__(self, base: str) -> None:
        self.client = httpx.Client(base_url=base, follow_redirects=True, timeout=60)
        self.html = ""
        self.requests = 0

    def get(self, path: str, *, status: int = 200) -> str:
        return self._took(self.client.get(path), status)

    def post(self, path: str, *, status: int = 200, **fields: str) -> str:
        """Sends the form of the page; follows where the answer leads unless that is what is expected."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.html)
        assert token, f"no form on the page before {path}"
        headers = {"Referer": str(self.client.base_url)}
        follow = status != httpx.codes.FOUND
        data = {"csrfmiddlewaretoken": token[1], **fields}
        return self._took(self.client.post(path, data=data, headers=headers, follow_redirects=follow), status)

    def sign_in(self, who: str) -> None:
        self.get("/konto/login/")
        self.post("/konto/login/", login=f"{who}@demo.example", password=PASSWORD)
        self.get("/desk/")

    def release(self, request: Any) -> float:
        """The click on "Jetzt freigeben" and its answer, without the page that it leads to; returns the moment of the click (`time.perf_counter`)."""
        path = f"/desk/freigabe/{request.pk}/"
        self.get(path)
        start = time.perf_counter()
        self.post(f"{path}freigeben/", status=302, digest=request.snapshot_id, when="now")
        return start

    def find(self, pattern: str) -> str:
        """The first address of that form on the page."""
        found = re.search(rf'href="({pattern})"', self.html)
        assert found, f"nothing like {pattern} on the page"
        return found[1].replace("&amp;", "&")

    def _took(self, answer: httpx.Response, status: int) -> str:
        assert answer.status_code == status, f"{answer.request.url}: {answer.status_code}"
        self.requests += 1
        if "text/html" in answer.headers.get("content-type", ""):
            self.html = answer.text
        return str(answer.url)
