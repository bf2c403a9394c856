"""Which of the chains of a trace to show a person first."""

from __future__ import annotations

from typing import Any

from ontology.knowledge import knowledge
from ontology.numbers import issuer_of_number


def worth_showing(chain: dict[str, Any]) -> tuple[bool, bool, int, float]:
    """How good a chain is to show: it stands in the texts, it reaches the centre, it is long, it is sure."""
    from graph.document_graph import CARRIES_OUT, IN_THE_TEXT

    top = issuer_of_number(chain["documents"][-1])
    in_text = all(hop["method"] in IN_THE_TEXT and hop["kind"] in CARRIES_OUT for hop in chain["hops"])
    return in_text, top is not None and top.level == knowledge().levels[0].label, len(chain["hops"]), chain["confidence"]


def fullest_first(chains: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The chains as they come (shortest and surest first), but the fullest one that the texts state ahead of them all."""
    if not chains:
        return chains
    fullest = max(chains, key=worth_showing)
    return [fullest, *(chain for chain in chains if chain is not fullest)] if worth_showing(fullest)[0] else chains
