"""The entries of the lists and of the register: immutable values as other rooms use them."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.namespaces import concept


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document ("Kế hoạch"): ``code`` is its abbreviation in numbers ("KH"; "" where it has none).

    ``role``: "directive" (lays duties on others), "plan" (says how duties are carried out) or "other"; ``codes`` are all
    abbreviations in use, ``code`` first; ``aliases`` are other ways to write the type.
    """

    id: str
    code: str
    label: str
    aliases: tuple[str, ...]
    codes: tuple[str, ...]
    role: str

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of document types."""
        return concept("document-types", self.id)

    @property
    def is_directive(self) -> bool:
        """Whether documents of this type lay duties on others."""
        return self.role == "directive"


@dataclass(frozen=True, slots=True)
class IssuerCode:
    """The part of a number that says who issued the document ("TTg").

    ``name`` is the body, or the kind of body where many bodies share the code ("Ủy ban nhân dân"). ``proves`` is true where the
    code alone names exactly one body of the country. ``style`` is "state" (35/KH-UBND), "party" (12-KH/TU) or
    "any"; ``valid_from`` and ``valid_to`` are ISO dates, the first and last day of the body under this name, or ``None``.
    """

    code: str
    name: str
    level: str | None
    proves: bool
    style: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of administration, national first (``rank`` 1); ``label`` is how documents of it are marked.

    ``aliases`` are other names of the level ("cấp huyện"); ``places`` are the kinds of places that have a government at this
    level ("quận", "huyện"; none for the centre and for departments), longest first.
    """

    id: str
    label: str
    rank: int
    aliases: tuple[str, ...]
    places: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of levels."""
        return concept("levels", self.id)


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the topics of tasks and targets; ``keywords`` are folded neither in case nor accents, longest first."""

    id: str
    label: str
    keywords: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of topics."""
        return concept("topics", self.id)


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit ("phòng/ban") and the words with which names of that kind begin, longest first.

    ``group_words`` are those by which several units of the kind are addressed at once ("các phòng, đơn vị").
    """

    id: str
    label: str
    head_words: tuple[str, ...]
    group_words: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of kinds of units."""
        return concept("unit-kinds", self.id)


@dataclass(frozen=True, slots=True)
class Role:
    """What a unit does for a task: "lead", "coordinate" or "support"; with the words that officers use."""

    id: str
    label: str
    aliases: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of roles."""
        return concept("roles", self.id)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a document speaks of another one ("basis"); ``graph_property`` is the local name of the graph's property for it."""

    id: str
    label: str
    graph_property: str

    @property
    def iri(self) -> str:
        """The IRI of the entry in the list of relations."""
        return concept("relations", self.id)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A reorganisation in which units ended and others took their place: ISO date (``None`` where each province set its own), and
    the addresses of the pages that show it."""

    iri: str
    label: str
    date: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit, or a kind of unit that every province or commune has (``level`` tells): what it came from and became, and when.

    ``valid_from`` and ``valid_to`` are ISO dates, the first and the last day; ``None`` where it always was, still is, or where
    the day differs from province to province. ``ended_by`` is the reorganisation that ended it.
    """

    label: str
    kind: str
    level: str | None
    abbreviations: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    ended_by: UnitChange | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A province or centrally run city; ``predecessors`` are the provinces that went into it in 2025.

    A province that ended with those mergers has ``until`` (its last day) and ``successors``.
    """

    label: str
    kind: str
    predecessors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with its kind: "thành phố Hải Phòng", "tỉnh Hưng Yên"."""
        return f"{self.kind} {self.label}"


@dataclass(frozen=True, slots=True)
class Directive:
    """A known directive; a fact that no source shows is ``None`` or empty.

    ``number`` is in official form; ``cited_as`` are other numbers in use for it ("06/CP"), ``short_title`` is what it is called
    for short ("Đề án 06"). ``implements``, ``based_on``, ``amends``, ``replaces`` and ``replaced_by`` hold numbers in official
    form. ``in_force_from`` and ``in_force_until`` are the first and the last day in force; ``sources`` name what shows all this.
    """

    number: str
    type: str
    issuer: str | None
    date: str | None
    title: str | None
    short_title: str | None = None
    cited_as: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    in_force_from: str | None = None
    in_force_until: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def status(self) -> str | None:
        """ "replaced", "expired", "in-force" (as far as the sources tell), or ``None`` where they are silent."""
        if self.replaced_by:
            return "replaced"
        if self.in_force_until:
            return "expired"
        return "in-force" if self.in_force_from else None

    @property
    def source(self) -> str:
        """What shows the facts, as one line."""
        return "; ".join(self.sources)
