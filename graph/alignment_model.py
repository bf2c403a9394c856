"""A logistic model over named features: a probability, and which features it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.similarity import Matrix

_FAR = 500.0
"""Beyond this the probability is 0 or 1 in any arithmetic."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + e^-(bias + Σ weight · feature)); ``threshold`` is where it says yes (chosen by cross-validation)."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, Matrix]) -> Matrix:
        """The probability of each pair; ``features`` must hold a matrix for each weight."""
        total = sum((weight * features[name] for name, weight in sorted(self.weights.items())), start=np.array(self.bias))
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(total, -_FAR, _FAR))))


def fit(features: Mapping[str, Matrix], yes: Matrix, penalty: float) -> tuple[float, dict[str, float]]:
    """Bias and weights of the most probable model, by Newton's method; ``penalty`` holds back weights of standardised features.

    ``features`` and ``yes`` (0 or 1) are flat and equally long. Iteratively reweighted least squares with a ridge penalty, as in
    Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, 4.4.
    """
    names = sorted(features)
    table = np.stack([features[name] for name in names], axis=1)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    design = np.concatenate([np.ones((len(table), 1)), (table - mean) / spread], axis=1)
    ridge = np.eye(design.shape[1]) * penalty
    ridge[0, 0] = 0.0
    beta = np.zeros(design.shape[1])
    for _ in range(60):
        probability = 1.0 / (1.0 + np.exp(-design @ beta))
        curvature = (design * (probability * (1 - probability) + 1e-9)[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, design.T @ (yes - probability) - ridge @ beta)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    weights = beta[1:] / spread
    return float(beta[0] - weights @ mean), {name: float(weight) for name, weight in zip(names, weights, strict=True)}
