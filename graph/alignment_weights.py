"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

PART = Logistic(
    -9.0273,
    {
        "best": 1.7101,
        "contained": 1.0146,
        "heading": 0.5435,
        "letters": -7.2794,
        "meaning": 4.7137,
        "mutual": 1.9319,
        "opening": 2.2957,
        "pairs": 4.0954,
        "product": 8.1240,
        "topic": 1.5826,
        "words": 4.7547,
    },
    0.40,
)
"""Do two tasks belong together at all?"""

SAME = Logistic(
    -9.5731,
    {
        "best": -1.1878,
        "contained": -0.7814,
        "heading": 0.7346,
        "letters": -3.8811,
        "meaning": 2.9449,
        "mutual": 4.5771,
        "opening": 3.7292,
        "pairs": 14.1092,
        "product": 2.0701,
        "topic": 1.2957,
        "words": 1.9285,
    },
    0.34,
)
"""Are two tasks of different plans the same duty?"""

SAME_WITHIN = Logistic(
    -9.6755,
    {
        "best": -0.4190,
        "contained": 0.3864,
        "heading": 0.6956,
        "letters": -1.9034,
        "meaning": 3.1198,
        "mutual": 4.1552,
        "opening": 3.1067,
        "pairs": 12.5042,
        "product": 0.5033,
        "topic": 1.2321,
        "words": -0.6525,
    },
    0.62,
)
"""Are two tasks of one plan the same duty?"""

ARTICLE = Logistic(
    -9.0784,
    {
        "best": 1.8226,
        "clause letters": -3.1272,
        "clause meaning": 5.7696,
        "clause pairs": -13.2877,
        "clause words": -3.3448,
        "directive": -5.5001,
        "mutual": 2.3023,
        "no duty": -2.7869,
        "pairs": 26.5319,
        "said in article": 5.9440,
        "title meaning": 2.9605,
        "title pairs": 2.7825,
        "title said": 1.6777,
        "title words": -0.4932,
        "words": -0.3601,
    },
    0.08,
)
"""Does a task fall under the duty of an article?"""

ARTICLE_SAME = Logistic(
    -10.9178,
    {
        "best": 1.8131,
        "clause letters": 0.8344,
        "clause meaning": 5.6527,
        "clause pairs": -17.0137,
        "clause words": -4.6777,
        "directive": -1.5528,
        "mutual": 2.7308,
        "no duty": -2.2299,
        "pairs": 23.5808,
        "said in article": 7.7506,
        "title meaning": 3.6428,
        "title pairs": 2.7071,
        "title said": 1.6182,
        "title words": -0.9332,
        "words": -0.2435,
    },
    0.16,
)
"""Does a task carry out the duty of an article?"""
