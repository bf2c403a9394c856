"""The search index of a data folder: passages, words and vectors together, and one ranked list out of them.

An index is built or updated as a whole new generation beside the old one (:mod:`embeddings.generations`), so it is never seen
half done. Opening maps files and loads the small lists; models and FAISS are loaded by the first search that needs them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings import generations, passage_store
from embeddings.frame import PART_NAMES, WEIGHTS, Frame, derive, said
from embeddings.fusion import FUSED, HEADING, Evidence, Scores, Weights, fuse
from embeddings.highlights import Asked, Span, best_sentence, highlights, syllables_of
from embeddings.model import EmbeddingModel, Vectors, load_model
from embeddings.parts import Parts, encoded, likely_queries
from embeddings.passage import KINDS, Passage
from embeddings.passage_store import PassageStore, UnknownFacet
from embeddings.slips import corrected, pairs_meant
from embeddings.tokens import Abbreviations, Cut, cut, known_abbreviations
from embeddings.vector_index import FLAT_MOST, VectorIndex, dots
from embeddings.word_index import WordIndex

FORMAT = 3
"""Changes when older index folders can no longer be read."""

CANDIDATES = 400
"""Best texts by words and best vectors that are looked at closely."""

LEAST_COSINE = 0.25
"""A passage without any word of the query is no hit below this cosine."""

_FACTS, _WORDS = "index.json", "words"


class DamagedSearchIndex(ValueError):
    """An index folder that cannot be used; the message is Vietnamese, for the user."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the passage, its score, its rank from 1, and what matched in Vietnamese ("từ ngữ: trợ lý ảo").

    ``highlights`` are the places of matching words in the passage's text, ``sentence`` that of the sentence with most of them.
    """

    passage: Passage
    score: float
    rank: int
    matched: tuple[str, ...] = ()
    highlights: tuple[Span, ...] = ()
    sentence: Span | None = None


def _best(scores: Scores, count: int) -> set[int]:
    """The places of the ``count`` best scores above zero; of equal ones at the limit the first."""
    if len(scores) > count:
        limit = np.partition(scores, len(scores) - count)[len(scores) - count]
        above, at = np.flatnonzero(scores > limit), np.flatnonzero(scores == limit)
        chosen = np.concatenate([above, at[: count - len(above)]])
    else:
        chosen = np.arange(len(scores))
    return set(chosen[scores[chosen] > 0].tolist())


def _in_order(passages: Iterable[Passage]) -> list[Passage]:
    """The passages in the one order that an index keeps them in; of two with the same id the last counts."""
    unique = {passage.id: passage for passage in passages}
    return sorted(unique.values(), key=lambda p: (p.document, p.lines, KINDS.index(p.kind), p.id))


class SearchIndex:
    """A search index in a folder. Make one with :meth:`build`, come back to it with :meth:`open`."""

    def __init__(self, folder: Path, generation: Path, model: EmbeddingModel | None, abbreviations: Abbreviations) -> None:
        """Opens one generation; use :meth:`open`."""
        self.folder = folder
        self._generation = generation
        self._abbreviations = abbreviations
        self._given_model = model
        try:
            facts = json.loads((generation / _FACTS).read_text(encoding="utf-8"))
            if facts["format"] != FORMAT:
                raise DamagedSearchIndex(f"Chỉ mục trong {folder} thuộc phiên bản khác; hãy lập lại: cancu rebuild")
            self.model_name: str = facts["model"]
            self.passages = PassageStore.open(generation)
            self._words = WordIndex.open(generation / _WORDS, abbreviations)
            self._parts = Parts.open(generation)
        except DamagedSearchIndex:
            raise
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedSearchIndex(f"Chỉ mục trong {folder} bị hỏng ({error}); hãy lập lại: cancu rebuild") from error

    @classmethod
    def open(cls, folder: Path, model: EmbeddingModel | None = None, abbreviations: Abbreviations | None = None) -> SearchIndex:
        """Opens the index in ``folder``; ``model`` is the one it was built with (default: loaded by its name when needed).

        Raises ``FileNotFoundError`` when there is none, :class:`DamagedSearchIndex` when it cannot be used.
        """
        known = abbreviations or known_abbreviations()
        try:
            generation = generations.current(folder)
        except ValueError as error:
            raise DamagedSearchIndex(str(error)) from error
        if generation is None:
            raise FileNotFoundError(f"Chưa có chỉ mục tìm kiếm trong {folder}")
        return cls(folder, generation, model, known)

    @classmethod
    def build(
        cls,
        folder: Path,
        passages: Iterable[Passage],
        model: EmbeddingModel | None = None,
        abbreviations: Abbreviations | None = None,
    ) -> SearchIndex:
        """Builds the index of the passages in ``folder`` from nothing, in place of any index that is there."""
        known, used = abbreviations or known_abbreviations(), model or load_model()
        ordered = _in_order(passages)
        vectors, counts = encoded(ordered, used)
        split = Parts.of(ordered, counts)
        index = VectorIndex.empty(used.dimension, used.fingerprint)
        index.add(split.ids, vectors, likely_queries(ordered, used) if len(vectors) > FLAT_MOST else None)

        def write(aside: Path) -> None:
            passage_store.save(ordered, aside)
            words = WordIndex.build([passage.indexed for passage in ordered], known)
            _save(aside, words, split, index, used, len(ordered))

        return cls(folder, generations.replace(folder, write), used, known)

    def update(self, removed_documents: Collection[str], added_passages: Iterable[Passage]) -> SearchIndex:
        """The index without the passages of ``removed_documents`` (keys) and with the added ones, put in place of this one.

        A document of the added passages is replaced as a whole. Only what is added is read and gets vectors; the arrays of what
        stays are merged with it, and the result is that of a fresh build (of a large index: but for which vectors its codes
        miss). Raises :class:`embeddings.vector_index.OtherModel` when the model has changed.
        """
        added = _in_order(added_passages)
        gone = {*removed_documents, *(passage.document for passage in added)}
        self.vectors.require(self.model.fingerprint)
        change = passage_store.change_of(self.passages, gone, added)
        vectors = VectorIndex.open(self._generation)
        leaving = np.flatnonzero(change.places < 0).tolist()
        vectors.remove(self._parts.of_places(leaving)[0])
        new, counts = encoded(added, self.model)
        new_parts = Parts.of(added, counts, vectors.ids().tolist())
        vectors.add(new_parts.ids, new)

        def write(aside: Path) -> None:
            passage_store.save_changed(self.passages, change, aside)
            words = self._words.changed(change.places, [passage.indexed for passage in added], change.added_places)
            split = self._parts.changed(change.places, new_parts, change.added_places)
            _save(aside, words, split, vectors, self.model, words.size)

        return SearchIndex(self.folder, generations.replace(self.folder, write), self.model, self._abbreviations)

    @cached_property
    def model(self) -> EmbeddingModel:
        """The embedding model that the vectors were made with."""
        return self._given_model or load_model(self.model_name)

    @cached_property
    def vectors(self) -> VectorIndex:
        """The vectors of the passages."""
        return VectorIndex.open(self._generation)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.passages)

    def search(
        self,
        query: str,
        k: int = 10,
        facets: Mapping[str, object] | None = None,
        weights: Weights = FUSED,
        framed: bool = True,
        ignored: Collection[str] = (),
    ) -> list[Hit]:
        """The ``k`` best passages for the query, best first.

        No two hits share a line, and words that a document repeats (the head of a table on every page) are one hit.

        ``facets`` restrict (:data:`embeddings.passage_store.FACETS`), the query's own frame ("cấp phường", "năm 2026") only
        raises; it is left out with ``framed=False``, or in its ``ignored`` parts (:data:`embeddings.frame.PART_NAMES`). A query
        without words gives no hits. Raises :class:`embeddings.passage_store.UnknownFacet` and
        :class:`embeddings.vector_index.OtherModel`.
        """
        for part in ignored:
            if part not in PART_NAMES:
                raise UnknownFacet(f"Không có phần {part!r} của câu tìm; có: {', '.join(PART_NAMES)}")
        chosen = self.passages.selected(facets or {})
        if k <= 0:
            return []
        found = self.evidence(query, chosen, weights)
        if not found.places:
            return []
        frame = self.frame(query).without(ignored) if framed else Frame()
        scores = self._scores(found, weights, frame)
        at = {place: i for i, place in enumerate(found.places)}
        worth = (found.words > 0) | (found.cosines >= LEAST_COSINE)
        ranked = [found.places[i] for i in np.argsort(-scores, kind="stable") if worth[i]]
        asked, written = self._asked(query), cut(query, self._abbreviations)
        hits: list[Hit] = []
        for place, passage in self._apart(ranked, k):
            i = at[place]
            matched = self._matched(written, passage, float(found.cosines[i]), frame)
            words = highlights(passage.text, asked, self._abbreviations)
            sentence = best_sentence(passage.text, asked)
            hits.append(Hit(passage, round(float(scores[i]), 6), len(hits) + 1, matched, words, sentence))
        return hits

    def _asked(self, query: str) -> Asked:
        """The words of the query that hits are looked through for."""
        asked = cut(query, self._abbreviations)
        guessed = self._words.guesses(asked)
        meant = [guess.meant for guess in guessed]
        share = lru_cache(None)(lambda token: self._words.texts_with(token) / max(len(self), 1))
        return Asked.of((*asked.folded, *meant), pairs_meant(asked.pairs, guessed), share)

    def frame(self, query: str) -> Frame:
        """What the query says about where to look, read against the documents and units of this index."""
        return derive(query, self.passages.documents, self.passages.units, self._abbreviations)

    def evidence(self, query: str, chosen: NDArray[np.bool_] | None = None, weights: Weights = FUSED) -> Evidence:
        """The passages worth a closer look (of the ``chosen`` ones), with what speaks for each."""
        asked = cut(query, self._abbreviations)
        nothing = np.zeros(0, np.float32)
        if not len(self) or not asked.folded:
            return Evidence([], nothing, nothing, nothing, nothing)
        allowed = np.ones(len(self), dtype=np.bool_) if chosen is None else chosen
        guessed = self._words.guesses(asked)
        words = np.zeros(len(self), dtype=np.float32)
        if weights.words:
            words = np.where(allowed, self._words.score(self._words.weights(asked, guessed)), words)
        candidates = _best(words, CANDIDATES)
        meant = corrected(asked.syllables, guessed) if any(guess.sure for guess in guessed) else self._abbreviations.expand(query)
        vector = self._query_vector(meant) if weights.meaning else None
        if vector is not None:
            candidates |= self._near(vector, allowed)
        places = sorted(candidates)
        pairs = (
            self._words.covered(pairs_meant(asked.pairs, guessed), places) if weights.pairs else np.zeros(len(places), np.float32)
        )
        lengths = np.asarray(self._words.lengths[places], dtype=np.float32)
        return Evidence(places, np.asarray(words[places], dtype=np.float32), self._cosines(vector, places), pairs, lengths)

    def _scores(self, found: Evidence, weights: Weights, frame: Frame) -> Scores:
        """The score of each candidate, its agreement with the frame included."""
        scores = fuse(found, weights)
        documents, kinds = self.passages.columns["document"][found.places], self.passages.columns["kind"][found.places]
        scores[kinds == KINDS.index("heading")] *= HEADING
        for part, keys in frame.documents.items():
            agreeing = np.array([fact.key in keys for fact in self.passages.documents])
            scores += np.float32(WEIGHTS[part]) * agreeing[documents]
        if frame.kinds:
            scores += np.float32(WEIGHTS["kind"]) * np.isin(kinds, [KINDS.index(kind) for kind in frame.kinds])
        if frame.units:
            units = self.passages.units_at(found.places)
            scores += np.float32(WEIGHTS["unit"]) * np.array([not frame.units.isdisjoint(units[p]) for p in found.places])
        return scores

    def _query_vector(self, query: str) -> Vectors | None:
        """The query's vector, or ``None`` when the model knows nothing of it."""
        self.vectors.require(self.model.fingerprint)
        vector = self.model.encode_query(query)
        return vector if vector.any() else None

    def _near(self, vector: Vectors, chosen: NDArray[np.bool_]) -> set[int]:
        """The places of the passages with the nearest vectors, of those that are chosen."""
        wanted = CANDIDATES
        while True:
            ids, _ = self.vectors.search(vector, wanted)
            places = self._parts.places_of(ids)
            found = set(places[chosen[places]].tolist())
            if len(found) >= min(CANDIDATES // 4, int(chosen.sum())) or wanted >= len(self.vectors):
                return found
            wanted *= 4

    def _cosines(self, vector: Vectors | None, places: list[int]) -> NDArray[np.float32]:
        """The best cosine among the parts of each passage, added up in one fixed order whatever the index looks like."""
        best = np.zeros(len(places), dtype=np.float32)
        if vector is None or not places:
            return best
        ids, owners = self._parts.of_places(places)
        np.maximum.at(best, owners, dots(self.vectors.vectors(ids), vector))
        return best

    def _apart(self, places: Iterable[int], k: int) -> list[tuple[int, Passage]]:
        """The first ``k`` passages that neither share a line with an earlier one nor repeat its words in the same document."""
        kept: list[tuple[int, Passage]] = []
        spans: dict[str, list[tuple[int, int]]] = {}
        words: set[tuple[str, str]] = set()
        for place in places:
            first, last = self.passages.lines(place)
            document = self.passages.document(place)
            taken = spans.setdefault(document.source, [])
            if any(a <= last and first <= b for a, b in taken):
                continue
            passage = self.passages[place]
            said_there = (document.key, passage.searched)
            if said_there not in words:
                words.add(said_there)
                taken.append((first, last))
                kept.append((place, passage))
                if len(kept) == k:
                    break
        return kept

    def _matched(self, asked: Cut, passage: Passage, cosine: float, frame: Frame) -> tuple[str, ...]:
        """What made the passage a hit, in words for the user."""
        there = syllables_of(passage.indexed, self._abbreviations)
        common = dict.fromkeys(s for s, f in zip(asked.syllables, asked.folded, strict=True) if f in there)
        because = [f"từ ngữ: {' '.join(common)}"] if common else []
        if cosine >= LEAST_COSINE:
            because.append(f"nghĩa gần: {cosine:.2f}".replace(".", ","))
        return (*because, *said(frame, frame.parts_of(passage), passage))


def _save(folder: Path, words: WordIndex, split: Parts, vectors: VectorIndex, model: EmbeddingModel, passages: int) -> None:
    """Writes all but the passages themselves."""
    (folder / _WORDS).mkdir()
    words.save(folder / _WORDS)
    vectors.save(folder)
    split.save(folder)
    facts = {"format": FORMAT, "model": model.name, "fingerprint": model.fingerprint, "passages": passages}
    (folder / _FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
