"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

MODEL = "a995f45b3455a29d"
"""The fingerprint of the embedding model that they were learned with."""

PART = Logistic(
    -9.6819,
    {
        "alike": 4.5166,
        "best": 0.8179,
        "best words": 2.2538,
        "clause": 7.8879,
        "length": 0.4039,
        "opening works": 1.1589,
        "rarest work": 0.5689,
        "topic": 1.3662,
    },
    0.36,
)
"""Do two tasks of different plans belong together at all?"""

SAME = Logistic(
    -11.7172,
    {
        "alike": 7.4072,
        "best": 1.0698,
        "best words": 3.4526,
        "clause": 4.7809,
        "length": 0.4606,
        "opening works": 1.7667,
        "rarest work": 0.2991,
        "topic": 0.3767,
    },
    0.30,
)
"""Are two tasks of different plans the same duty?"""

PART_WITHIN = Logistic(
    -9.8443,
    {
        "alike": 5.3844,
        "best": 0.5221,
        "best words": 2.4243,
        "clause": 9.5560,
        "length": 0.3743,
        "opening works": 1.1794,
        "rarest work": 0.5089,
        "topic": 1.2871,
    },
    0.76,
)
"""Do two tasks of one plan belong together at all?"""

SAME_WITHIN = Logistic(
    -11.9973,
    {
        "alike": 8.1097,
        "best": 1.8782,
        "best words": 3.5718,
        "clause": 4.6108,
        "length": 0.2818,
        "opening works": 1.6202,
        "rarest work": 0.2084,
        "topic": 0.5974,
    },
    0.92,
)
"""Are two tasks of one plan the same duty?"""

ARTICLE = Logistic(
    -9.6732,
    {
        "announced": 1.1007,
        "best": -0.8702,
        "for all": 1.5440,
        "for others": 0.0731,
        "heading meaning": 4.6340,
        "heading works": 3.5992,
        "no duty": -0.2121,
        "provision": 8.3900,
        "provision meaning": -0.6548,
        "provision works": -0.3432,
        "rarest work": 0.4288,
        "subject": -1.2772,
        "whole meaning": 5.5922,
        "whole words": 0.4724,
    },
    0.16,
)
"""Does a task fall under the duty of an article?"""

ARTICLE_SAME = Logistic(
    -11.5739,
    {
        "announced": 1.2276,
        "best": 0.1835,
        "for all": 1.2829,
        "for others": 0.0516,
        "heading meaning": 5.1765,
        "heading works": 1.8301,
        "no duty": -0.0867,
        "provision": 7.6430,
        "provision meaning": 2.2385,
        "provision works": 0.0519,
        "rarest work": 0.3409,
        "subject": 0.5925,
        "whole meaning": 3.6795,
        "whole words": 2.5077,
    },
    0.22,
)
"""Does a task carry out the duty of an article?"""
