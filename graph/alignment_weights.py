"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

PART = Logistic(
    -8.3951,
    {
        "best": 1.6876,
        "contained": 2.2366,
        "heading": 0.6082,
        "letters": -3.4241,
        "mutual": 1.9544,
        "opening": 2.2969,
        "pairs": 3.4470,
        "product": 8.0749,
        "topic": 1.5530,
        "words": 4.6855,
    },
    0.48,
)
"""Do two tasks belong together at all?"""

SAME = Logistic(
    -9.2158,
    {
        "best": -0.9188,
        "contained": -0.8112,
        "heading": 0.7656,
        "letters": -1.9728,
        "mutual": 4.3828,
        "opening": 3.9200,
        "pairs": 14.8673,
        "product": 2.4986,
        "topic": 1.2780,
        "words": 1.7135,
    },
    0.44,
)
"""Are two tasks of different plans the same duty?"""

SAME_WITHIN = Logistic(
    -9.2599,
    {
        "best": -0.0833,
        "contained": 0.4889,
        "heading": 0.7508,
        "letters": -0.0365,
        "mutual": 3.9941,
        "opening": 3.2358,
        "pairs": 13.0646,
        "product": 1.2623,
        "topic": 1.2084,
        "words": -1.1387,
    },
    0.62,
)
"""Are two tasks of one plan the same duty?"""

ARTICLE = Logistic(
    -8.5625,
    {
        "best": 2.1551,
        "clause letters": -2.6845,
        "clause pairs": -8.5305,
        "clause words": -2.1912,
        "directive": -1.9146,
        "mutual": 2.8136,
        "no duty": -3.0720,
        "pairs": 28.2610,
        "said in article": 5.7584,
        "title pairs": 3.8013,
        "title said": 2.4138,
        "title words": -0.6508,
        "words": -1.0149,
    },
    0.12,
)
"""Does a task fall under the duty of an article?"""

ARTICLE_SAME = Logistic(
    -10.3476,
    {
        "best": 2.2739,
        "clause letters": 0.6278,
        "clause pairs": -12.5473,
        "clause words": -3.0512,
        "directive": 2.2513,
        "mutual": 3.3058,
        "no duty": -2.5073,
        "pairs": 24.8115,
        "said in article": 7.1629,
        "title pairs": 4.0294,
        "title said": 2.3618,
        "title words": -1.1005,
        "words": -0.8525,
    },
    0.10,
)
"""Does a task carry out the duty of an article?"""
