"""Lists and counts: every row that fits, no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from documents.syllables import is_bare_syllable
from documents.text import fold
from questions.amounts import keeps_to, limits
from questions.catalogue import Catalogue
from questions.citing import name_of
from questions.evidence import Item
from questions.fields import LABELS, amounts, row_of, same_unit, value_of
from questions.linking import in_parts
from questions.matching import support
from questions.model import Found, Question, Row
from questions.phrases import document_types
from questions.tracing import AGREES, name_agreement
from questions.words import pairs, tokens

_ENOUGH = 0.7
"""The share of the question's words that a row must carry to be in a list."""
_OF_BEST = 0.85
"""... and the share of what the best row carries."""
_CONNECTED = 0.6
"""Where one row has nearly all the question's words side by side, the share of that which the others must have."""
_HALF = 0.5
"""Words that no row of the unit, time or part asked for says are left out, if they are less than this share of all."""
_BY_PRODUCT = re.compile(
    r"san pham(?: hoan thanh| dau ra)? (?:la|gom)(?: mot)? (?!gi(?!\w))((?:(?!trong|cua|va|do)\w+ ?){1,4}\w)(?!\w)"
)
_ONGOING = re.compile(r"(?:thoi gian|thoi han|thuc hien|lam|han)(?: \w+){0,3} thuong xuyen(?!\w)")
_BOUNDED = re.compile(
    r"(?:khong|chang)(?: \w+){0,3} thuong xuyen"
    r"|(?:co|theo|ghi)(?: ro)? (?:han|thoi han|moc)(?: thoi gian)?(?: hoan thanh)?(?: cu the| ro| han)"
)
"""How a question leaves out what is done all the time."""
_TIMES = frozenset(("thuong", "xuyen", "thoi", "gian", "han", "moc", "chu", "cu", "ro"))
_SUMS = frozenset(
    ("tren", "hon", "duoi", "vuot", "tro", "len", "xuong", "ty", "ti", "trieu", "trd", "dong", "nghin", "lon", "nho")
)
_NONE = r"(?:khong|chua)(?: (?:co|ro|ghi|neu|giao|duoc|xac dinh)){0,2}"
_LACKING = {
    "lead": re.compile(rf"{_NONE}(?: (?:don vi|co quan|ai|nguoi))? (?:chu tri|phu trach)(?!\w)"),
    "coordinate": re.compile(rf"{_NONE}(?: (?:don vi|co quan))? phoi hop(?!\w)"),
    "when": re.compile(rf"{_NONE} (?:thoi han|han|thoi gian|ngay)(?: hoan thanh)?(?!\w)"),
    "product": re.compile(rf"{_NONE} san pham(?!\w)"),
}
"""How a question asks for tasks that lack something: without owner, without deadline."""
_APPENDIX = ("appendix", "project")


def listed(question: Question, catalogue: Catalogue, found: Mapping[tuple[str, int], float]) -> Found:
    """All rows of what the question lists: tasks, units, cited documents or targets."""
    what = question.asks[0]
    if _RECIPIENTS.search(question.expanded) and (received := _recipients(question, catalogue)):
        return received
    if what == "document":
        return _documents(question, catalogue)
    if what == "target":
        return _targets(question, catalogue)
    tasks = tasks_that_fit(question, catalogue)
    if what == "unit":
        return _units(tasks, question)
    rows = tuple(row_of(item, 1.0) for item in tasks)
    values = tuple(_with_fields(item, question) for item in tasks)
    return Found(rows, values, support=1.0, refusal=None if rows else "không có nhiệm vụ nào khớp")


_RECIPIENTS = re.compile(r"(?<!\w)(?:noi nhan|(?:duoc )?gui (?:cho|den|toi) (?:nhung|cac)?)(?!\w)")
_FILED = re.compile(r"(?:- )?luu ?:")
"""The last of the recipients of a document: the files."""


def _recipients(question: Question, catalogue: Catalogue) -> Found | None:
    """To whom the documents in scope go, as the lines under "Nơi nhận" say; ``None`` where no document has such lines."""
    rows: list[Row] = []
    for key in question.documents if question.named else ():
        document = catalogue.cards[key].document
        start = next((n for n, line in enumerate(document.lines, 1) if fold(line).strip(" *:").startswith("noi nhan")), None)
        for n in range(start + 1, len(document.lines) + 1) if start else ():
            line = document.lines[n - 1].strip()
            if line and not line.startswith(("-", "+")):
                break
            if line:
                text = line.lstrip("-+ ").rstrip(" ;.")
                rows.append(Row(key, document.source, (n, n), text, (), 1.0))
            if _FILED.match(fold(line)):
                break
    return Found(tuple(rows), tuple(row.text for row in rows), support=1.0) if rows else None


def _with_fields(item: Item, question: Question) -> str:
    """A task with the fields that the list asks for as well, in brackets."""
    asked = dict.fromkeys(question.asks)
    fields = [f"{LABELS[ask]}: {value}" for ask in asked if item.task and ask in LABELS and (value := value_of(item.task, ask))]
    return f"{item.text.rstrip(' .;')} ({'; '.join(fields)})" if fields else item.text


def tasks_that_fit(question: Question, catalogue: Catalogue) -> list[Item]:
    """The tasks that fit all slots of the question: documents, part, units, money, time, words."""
    keys = question.documents or tuple(catalogue.cards)
    items = [catalogue.items[at] for key in keys for at in catalogue.by_document.get(key, ()) if catalogue.items[at].task]
    named = _BY_PRODUCT.search(question.expanded)
    product = named[1] if named else ""
    bounded = bool(_BOUNDED.search(question.expanded))
    ongoing = not bounded and bool(_ONGOING.search(question.expanded))
    limit = limits(question.text)
    lacking = [field for field, words in _LACKING.items() if words.search(question.expanded)]
    checks = [
        lambda item: not any(value_of(item.task, field) for field in lacking),
        lambda item: _in_part(item, question.role),
        lambda item: not question.parts or in_parts(item.task.section or "", question.parts),
        lambda item: not question.units or _has_units(item, question),
        lambda item: "co kinh phi" not in question.expanded or bool(amounts(item.task)),
        lambda item: question.span is None or _due_within(item, question.span),
        lambda item: not product or product in " ".join(tokens(item.task.product or "")),
        lambda item: not ongoing or _is_ongoing(item),
        lambda item: not bounded or bool(item.task.deadline and not _is_ongoing(item)),
        lambda item: not limit or keeps_to(item, *limit, question.expanded),
    ]
    fitting = [item for item in items if all(check(item) for check in checks)]
    words = _telling(question, catalogue, fitting)
    if question.kind == "sum":
        columns = {word for item in fitting for money in amounts(item.task) for word in tokens(money.label)}
        words = tuple(word for word in words if word not in columns)
    if product:
        words = tuple(word for word in words if word not in product.split())
    if ongoing or bounded:
        words = tuple(word for word in words if word not in _TIMES)
    if limit:
        words = tuple(word for word in words if not word.isdigit() and word not in _SUMS)
    words, fitting = _under_official(words, question, fitting)
    if words and (question.units or question.span or question.parts):
        words = _said_by_some(catalogue, words, fitting)
    if (question.span or question.units) and _is_everyday(words, question, catalogue):
        words = ()
    if not (words or question.words or question.units or question.span or question.parts or question.role or lacking or limit):
        words = _told_heading(question, catalogue, fitting)
    if words:
        fitting = _under_heading(words, fitting)
        carried = {id(item): _carries(catalogue, words, item) for item in fitting}
        least = max(_ENOUGH, _OF_BEST * max(carried.values(), default=0.0))
        fitting = [item for item in fitting if carried[id(item)] >= least]
        fitting = _connected(catalogue, words, fitting)
    return _distinct(fitting)


def _is_ongoing(item: Item) -> bool:
    """Whether the task is to be done all the time."""
    return bool(item.task and item.task.deadline and item.task.deadline.kind == "ongoing")


def _is_everyday(words: Sequence[str], question: Question, catalogue: Catalogue) -> bool:
    """Whether all that is left is one common syllable that no document says ("nợ") and that no "về" makes a subject."""
    if len(words) != 1 or words[0] in catalogue.vocabulary or not is_bare_syllable(words[0]):
        return False
    return not re.search(rf"(?<!\w)(?:ve|lien quan(?: den)?) {words[0]}(?!\w)", question.expanded)


def _under_heading(words: Sequence[str], items: list[Item]) -> list[Item]:
    """The items below a heading that says all the words ("nhiệm vụ chuyển tiếp"), where there are such."""
    wanted = set(words)
    headed = [item for item in items if any(wanted <= title for title in item.titles)]
    return headed or items


_PHRASE = 3
"""So many words side by side of a situation, all in one heading, name the part that the heading begins."""


def _told_heading(question: Question, catalogue: Catalogue, items: Sequence[Item]) -> tuple[str, ...]:
    """The words side by side, told before a question that names nothing itself, that a heading over ``items`` says; else none."""
    told = _telling(replace(question, words=question.background), catalogue, items)
    for size in range(len(told), _PHRASE - 1, -1):
        for at in range(len(told) - size + 1):
            words = told[at : at + size]
            if any(title.issuperset(words) for item in items for title in item.titles):
                return words
    return ()


def _under_official(words: tuple[str, ...], question: Question, items: list[Item]) -> tuple[tuple[str, ...], list[Item]]:
    """The words without everyday ones whose official term is a heading, and the items below that heading."""
    for one in question.officially:
        said = [word for word in one.said if word in words]
        headed = [item for item in items if any(title.issuperset(one.words) for title in item.titles)] if said else []
        if headed:
            words, items = tuple(word for word in words if word not in said), headed
    return words, items


def _said_by_some(catalogue: Catalogue, words: tuple[str, ...], items: Sequence[Item]) -> tuple[str, ...]:
    """The words without those that none of ``items`` says, unless they are half of what is asked."""
    said = {word for item in items for word in (*item.terms, *item.context)}
    absent = sum(catalogue.weight(word) for word in words if word not in said)
    total = sum(catalogue.weight(word) for word in words)
    return tuple(word for word in words if word in said) if absent < _HALF * total else words


def _connected(catalogue: Catalogue, words: Sequence[str], items: list[Item]) -> list[Item]:
    """The items that have the words side by side as the question has them, where one has nearly all of them so."""
    wanted = [pair for pair in dict.fromkeys(pairs(words)) if pair in catalogue.idf]
    total = sum(catalogue.weight(pair) for pair in wanted)
    if not total:
        return items
    share = {}
    for item in items:
        said = {*pairs(item.terms), *pairs(item.context)}
        share[id(item)] = sum(catalogue.weight(pair) for pair in wanted if pair in said) / total
    most = max(share.values(), default=0.0)
    return items if most < _OF_BEST else [item for item in items if share[id(item)] >= _CONNECTED * most]


def _telling(question: Question, catalogue: Catalogue, items: Sequence[Item]) -> tuple[str, ...]:
    """The words that tell rows apart: not those that stand for all of the documents' subject."""
    if not question.words:
        return ()
    title = {
        word for key in question.documents or catalogue.cards for word in tokens(catalogue.cards[key].document.header.title or "")
    }
    return tuple(word for word in question.words if word not in title and (len(word) > 1 or word.isdigit()))


def _carries(catalogue: Catalogue, words: Sequence[str], item: Item) -> float:
    """The share of ``words`` that a row says, where a number counts only beside the word it belongs to."""
    said = {*item.terms, *item.context}
    if any(word.isdigit() and word not in said for word in words):
        return 0.0
    return support(catalogue, words, item)


def _in_part(item: Item, role: str | None) -> bool:
    task = item.task
    assert task is not None
    if role == "appendix":
        return task.kind in _APPENDIX or item.role == "appendix"
    if role == "responsibilities":
        return task.kind == "responsibility"
    if role == "solutions":
        return item.role == "solutions"
    return True


def _has_units(item: Item, question: Question) -> bool:
    task = item.task
    assert task is not None
    names = task.coordinate if "phoi hop" in question.expanded and "chu tri" not in question.expanded else task.lead
    if "tham gia" in question.expanded or "lien quan" in question.expanded:
        names = (*task.lead, *task.coordinate, *task.support)
    return any(same_unit(name, unit) for name in names for unit in question.units)


def _due_within(item: Item, span: tuple[str, str]) -> bool:
    """Whether the task's deadline ends in the time asked; a question without a year means each year."""
    deadline = item.task.deadline if item.task else None
    if deadline is None or not deadline.end:
        return False
    start, end = (re.sub(r"^____", deadline.end[:4], day) for day in span)
    return (start or "0") <= deadline.end <= end if start else deadline.end <= end


def _distinct(items: Sequence[Item]) -> list[Item]:
    seen: set[tuple[str, tuple[int, int], str]] = set()
    kept = []
    for item in items:
        place = (item.source, item.lines, item.text)
        if place not in seen:
            seen.add(place)
            kept.append(item)
    return kept


_KIND_OF_UNIT = re.compile(
    r"(?<!\w)(?:nhung|cac|may|bao nhieu) (so|phong|to|doi|hoi|truong|huyen|quan)(?: \w+){0,3}? (?:nao|duoc|chu tri)(?!\w)"
)
"""Which kind of unit a list asks for: "những sở nào"."""


def _units(tasks: Sequence[Item], question: Question) -> Found:
    """The organisations that have the tasks, with the tasks as evidence."""
    role = "coordinate" if "phoi hop" in question.expanded and "chu tri" not in question.expanded else "lead"
    names: dict[str, list[Item]] = {}
    for item in tasks:
        for name in getattr(item.task, role):
            known = next((n for n in names if same_unit(n, name)), name)
            names.setdefault(known, []).append(item)
    if (kind := _KIND_OF_UNIT.search(question.expanded)) and (alike := [n for n in names if tokens(n)[:1] == (kind[1],)]):
        names = {name: names[name] for name in alike}
    rows = _distinct([item for items in names.values() for item in items])
    refusal = None if names else "không có đơn vị nào được giao nhiệm vụ như vậy"
    values = tuple(_as_headed(name, items[0]) for name, items in names.items())
    return Found(tuple(row_of(item, 1.0) for item in rows), values, support=1.0, refusal=refusal)


def _as_headed(name: str, item: Item) -> str:
    """A unit's name, with the heading of its duties where that calls it otherwise."""
    title = item.task.section_title if item.task and item.task.kind == "responsibility" else None
    return name if not title or fold(name) in fold(title) else f"{name} (mục “{title}”)"


def _documents(question: Question, catalogue: Catalogue) -> Found:
    """The documents that are cited, by relation (bases), type and issuer as the question says."""
    bases = question.role == "bases"
    types = {d.type for d in question.described if d.type and d.asked}
    if (named := _WHICH_TYPE.search(question.expanded)) and (kind := document_types().get(named[1])):
        types.add(kind)
    issuers = [d.issuer for d in question.described if d.issuer and d.asked]
    issuers += [found[1].strip() for found in _BY.finditer(question.expanded)]
    issued = _issuer_meant(question, catalogue) if not (bases or issuers) else ""
    own_years = {year for key in question.documents for year in catalogue.cards[key].years}
    years = set(question.years) - own_years if not bases else set()
    kept: dict[int, Item] = {}
    known = {i.citation.issuer for i in catalogue.items if i.citation and i.citation.issuer} if issuers else set()
    for key in question.documents or tuple(catalogue.cards):
        for at in catalogue.by_document.get(key, ()):
            item = catalogue.items[at]
            citation = item.citation
            if citation is None or (bases and not _is_basis(item)):
                continue
            if types and not any(fold_type(citation.type).startswith(kind) for kind in types):
                continue
            if issuers and not any(_by_that(said, citation.issuer, known) for said in issuers):
                continue
            if issued and not (citation.number and citation.issuer and name_agreement(issued, citation.issuer) > AGREES):
                continue
            if question.span and not _dated_within(citation.date, question.span):
                continue
            if years and citation.date and int(citation.date[:4]) not in years:
                continue
            if question.words and not bases and support(catalogue, question.words, item) < _ENOUGH:
                continue
            kept.setdefault(id(citation), item)
    items = list(kept.values())
    refusal = None if items else "không có văn bản nào được dẫn như vậy"
    values = tuple(name_of(item.citation) for item in items if item.citation)
    return Found(tuple(row_of(item, 1.0) for item in items), values, support=1.0, refusal=refusal)


_WHICH_TYPE = re.compile(
    r"(?<!\w)la (?:cac |nhung )?(luat|nghi dinh|nghi quyet|quyet dinh|chi thi|thong tu|cong van|ke hoach),?$"
)
"""Which type of documents a list asks for: "những căn cứ nào là luật"."""
_BY = re.compile(r"(?<!\w)do (?!ai |don vi nao |co quan nao )((?:\w+ ){1,9}?)(?:da )?(?:ban hanh|ky|phe duyet|cong bo)(?!\w)")
"""Who issued the documents that a list asks for: "do Thủ tướng Chính phủ ban hành"."""


def _by_that(said: str, issuer: str | None, known: Iterable[str]) -> bool:
    """Whether the words name this issuer, and no other known one better (the Prime Minister is not the Government)."""
    agrees = name_agreement(said, issuer)
    return agrees > AGREES and (agrees == 1 or all(name_agreement(said, other) < 1 for other in known))


_ISSUED = re.compile(r"(?<!\w)(?:ban hanh|ky ban hanh|da ra|da ban hanh|thanh lap|do .* ban hanh)(?!\w)")


def _issuer_meant(question: Question, catalogue: Catalogue) -> str:
    """The issuer of the document in scope, where the question lists what it has issued; else ""."""
    if len(question.documents) != 1 or not _ISSUED.search(question.expanded):
        return ""
    return catalogue.cards[question.documents[0]].document.header.issuer or ""


def _dated_within(date: str | None, span: tuple[str, str]) -> bool:
    """Whether a document was issued in the time asked."""
    start, end = (re.sub(r"^____", (date or "")[:4], day) for day in span)
    return bool(date) and start <= (date or "") <= end


def fold_type(name: str | None) -> str:
    """A document type as descriptions have it."""
    return " ".join(tokens(name or ""))


def _is_basis(item: Item) -> bool:
    assert item.citation is not None
    mention = next((m for m in item.citation.mentions if item.lines[0] <= m.lines[0] <= item.lines[1]), item.citation.mentions[0])
    return item.role == "bases" or (mention.relation == "basis" and item.citation.relation == "basis")


def _under_target_heading(question: Question, catalogue: Catalogue) -> list[Item]:
    """All points below a heading of the part about targets that says all the words of the question, numbers in them or not."""
    wanted = {word for word in question.words if len(word) > 1}
    keys = question.documents or tuple(catalogue.cards)
    items = [catalogue.items[at] for key in keys for at in catalogue.by_document.get(key, ())] if wanted else []
    points = [item for item in items if item.role == "targets" and item.paragraph and item.paragraph.kind != "heading"]
    return _distinct([item for item in points if item.titles and wanted <= item.titles[0]])


def _targets(question: Question, catalogue: Catalogue) -> Found:
    """The targets that fit the words; where the part about targets holds any of them, only those."""
    items = []
    if below := _under_target_heading(question, catalogue):
        return Found(tuple(row_of(i, 1.0) for i in below), tuple(i.text for i in below), support=1.0)
    for key in question.documents or tuple(catalogue.cards):
        found = [catalogue.items[at] for at in catalogue.by_document.get(key, ()) if catalogue.items[at].target]
        words = _telling(question, catalogue, found)
        fitting = [item for item in found if not words or support(catalogue, words, item) >= _ENOUGH]
        set_as_targets = [item for item in fitting if item.role == "targets"]
        items += set_as_targets or fitting
    items = _distinct(items)
    refusal = None if items else "không có chỉ tiêu nào như vậy"
    return Found(tuple(row_of(i, 1.0) for i in items), tuple(i.text for i in items), support=1.0, refusal=refusal)
