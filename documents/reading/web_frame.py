"""What of a web page is shown, and what of that only frames its content: menus, paths, feet of a web site.

Scripts, hidden parts and words that are struck out are not shown. A menu is known by its role, its name, or because nearly
all its words are links (link density, as in Kohlschütter and others, Boilerplate Detection using Shallow Text Features, 2010).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    (
        "script", "style", "template", "noscript", "head", "title", "nav", "footer", "aside", "button", "select",
        "textarea", "option", "svg", "iframe", "object", "embed", "canvas", "audio", "video", "map", "dialog",
        "datalist", "applet", "frameset", "noframes", "del", "s", "strike",
    )
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.I)
_NEVER_DEEP = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "caption",
        "html", "head", "body", "font",
    )
)  # fmt: skip
"""Elements that have no end, or whose end may be left out and which then end each other."""
_HIDING_RULE = re.compile(r"([^{}]{1,500})\{[^{}]{0,2000}?(?:display\s*:\s*none|visibility\s*:\s*hidden)[^{}]{0,2000}?\}", re.I)
_SIMPLE_SELECTOR = re.compile(r"\s*([a-z][a-z0-9]*)?([.#])([\w-]+)\s*", re.I)
_FRAME_NAME = re.compile(r"(?<![a-z])(?:menu|navbar|nav|breadcrumbs?|footer|sidebar)(?![a-z])", re.I)
_NAVIGATION_ROLES = frozenset(("navigation", "menu", "menubar", "banner", "contentinfo", "search", "complementary"))
_LINKED = 0.8
"""A list or block of whose letters at least this share stands in links is a menu ..."""
_LEAST_LINKS = 3
"""... where it has so many links, all without a document's number."""
WHOLE = 0.5
"""The main part of a page holds at least this share of its letters."""


def is_deep(text: str, most: int) -> bool:
    """Whether more than ``most`` elements that have to be closed stand in each other: libxml2 takes very long over these."""
    open_tags: Counter[str] = Counter()
    deep = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _NEVER_DEEP:
            continue
        if not match[1]:
            open_tags[name] += 1
            deep += 1
        elif open_tags[name]:
            open_tags[name] -= 1
            deep -= 1
        if deep > most:
            return True
    return False


def take_away(root: _Element) -> None:
    """Take out what a rule of the page's own style hides, and what leads about the web site: menus, paths, feet."""
    hidden = {
        (match[1] or "", match[2], match[3])
        for style in root.iter("style")
        for rule in _HIDING_RULE.finditer(style.text or "")
        for selector in rule[1].split(",")
        if (match := _SIMPLE_SELECTOR.fullmatch(selector)) is not None
    }
    whole = letters(root)
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.tag in ("html", "body") or node.getparent() is None:
            continue
        if _is_named(node, hidden) or (_frames(node) and letters(node) < WHOLE * whole):
            node.drop_tree()  # keeps the words behind it


def _is_named(node: _Element, hidden: set[tuple[str, str, str]]) -> bool:
    names = {(".", name) for name in node.get("class", "").split()} | {("#", node.get("id", ""))}
    return bool(hidden) and any((tag, *name) in hidden for name in names for tag in ("", node.tag))


def _frames(node: _Element) -> bool:
    """Whether an element only leads about the site: by its role, its name, or because its words are links."""
    if node.get("role", "").lower() in _NAVIGATION_ROLES:
        return True
    if node.tag in ("ul", "ol", "div", "section", "header", "table") and _FRAME_NAME.search(
        f"{node.get('class', '')} {node.get('id', '')}"
    ):
        return node.find(".//table") is None or node.tag == "table"
    if node.tag not in ("ul", "ol", "menu", "div", "header"):
        return False
    from documents.citations.reference import numbered

    links = [link for link in node.iter("a") if link.get("href") is not None]
    if len(links) < _LEAST_LINKS:
        return False
    words = [" ".join(texts(link)) for link in links]
    return not any(map(numbered, words)) and sum(map(len, words)) >= _LINKED * len("".join(texts(node)).strip())


def letters(node: _Element) -> int:
    """How many signs below ``node`` a browser would show."""
    return sum(len(text) for text in texts(node))


def texts(node: _Element) -> Iterator[str]:
    """The words below ``node`` that a browser would show."""
    if node.text:
        yield node.text
    for child in node:
        if isinstance(child.tag, str) and not is_hidden(child):
            yield from texts(child)
        if child.tail:
            yield child.tail


def is_hidden(node: _Element) -> bool:
    """Whether a browser does not show ``node``, or shows it struck out, by its tag or attributes."""
    return (
        node.tag in _DROPPED
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN.search(node.get("style", "")) is not None
    )
