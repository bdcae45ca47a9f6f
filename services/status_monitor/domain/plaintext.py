"""HTML, as status pages write it in bodies, as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = {"br", "p", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "pre"}
_SILENT = {"script", "style", "head", "title"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag == "a":
            self._link = dict(attrs).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            if self._link and self._link.startswith(("http://", "https://")) and self._link not in "".join(self.parts):
                self.parts.append(f" ({self._link})")
            self._link = None
        elif tag in _BREAKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def cleaned(text: str) -> str:
    """Without what no database and no UTF-8 holds: U+0000, half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def plain(text: str, limit: int = 10_000) -> str:
    """Without tags, entities and U+0000; lines kept, runs of blanks not; at most `limit` characters."""
    text = cleaned(text)
    if re.search(r"<[A-Za-z/!]|&[#\w]+;", text):
        parser = _Text()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"
