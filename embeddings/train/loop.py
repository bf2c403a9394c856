"""The contrastive training of the vectors, in plain torch: a static model needs no more than an embedding bag.

The loss is that of MultipleNegativesRankingLoss (Henderson et al. 2017): in a batch of pairs every anchor must prefer its own
positive to all others, both ways round; it is taken at several prefixes of the vector (Matryoshka, Kusupati et al. 2022), so
that the first 64 or 128 numbers serve alone where space is short.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from embeddings.train.pairs import TEXTS, Mix, Pairs, Rows

CHECKPOINTS = 6
"""How many times in a run its state is saved."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the training can be told; the defaults are what measured best within the time."""

    steps: int = 2500
    batch: int = 1024
    rate: float = 0.01
    temperature: float = 0.05
    prefixes: tuple[int, ...] = (64, 128)
    seed: int = 7
    mix: Mix = TEXTS


def _bag(vectors: torch.Tensor, texts: list[Rows]) -> torch.Tensor:
    """The mean vector of each text."""
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in texts[:-1]])])
    return embedding_bag(torch.from_numpy(np.concatenate(texts)), vectors, torch.from_numpy(offsets).int(), mode="mean")


def _loss(anchors: torch.Tensor, positives: torch.Tensor, settings: Settings) -> torch.Tensor:
    """The ranking loss, both ways, summed over the prefixes."""
    aim = torch.arange(len(anchors))
    total = torch.zeros(())
    for width in (anchors.shape[1], *settings.prefixes):
        alike = normalize(anchors[:, :width]) @ normalize(positives[:, :width]).T / settings.temperature
        total = total + 0.5 * (cross_entropy(alike, aim) + cross_entropy(alike.T, aim))
    return total / (1 + len(settings.prefixes))


def train(start: NDArray[np.float32], pairs: Pairs, settings: Settings, checkpoint: Path | None = None) -> NDArray[np.float32]:
    """Trains the vectors and returns them; with a ``checkpoint`` file a broken-off run goes on from its last state.

    Progress goes to standard error. One thread does the work: the result is then the same on any number of cores, and on a
    shared machine threads that wait for each other would take three times as long.
    """
    torch.set_num_threads(1)
    vectors = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.Adam([vectors], lr=settings.rate, betas=(0.9, 0.99))
    done = 0
    if checkpoint and checkpoint.exists():
        state = torch.load(checkpoint)
        done = state["step"]
        optimiser.load_state_dict(state["optimiser"])
        with torch.no_grad():
            vectors.copy_(state["vectors"])
    began, shown = time.monotonic(), 0.0
    for step in range(done, settings.steps):
        random = np.random.default_rng((settings.seed, step))
        warm = min(1.0, (step + 1) / (0.05 * settings.steps))
        optimiser.param_groups[0]["lr"] = settings.rate * warm * (1 - step / settings.steps)
        anchors, positives = pairs.batch(settings.batch, random, settings.mix)
        loss = _loss(_bag(vectors, anchors), _bag(vectors, positives), settings)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        shown = loss.item() if step == done else 0.98 * shown + 0.02 * loss.item()
        if (step + 1) % 50 == 0:
            rate = (step + 1 - done) / (time.monotonic() - began)
            print(f"step {step + 1}/{settings.steps}  loss {shown:.4f}  {rate:.2f} steps/s", file=sys.stderr, flush=True)
        if checkpoint and (step + 1) % max(1, settings.steps // CHECKPOINTS) == 0:
            torch.save({"step": step + 1, "vectors": vectors.detach(), "optimiser": optimiser.state_dict()}, checkpoint)
    return vectors.detach().numpy()
