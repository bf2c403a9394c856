"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

MODEL = "a995f45b3455a29d"
"""The fingerprint of the embedding model that they were learned with."""

PART = Logistic(
    -9.6798,
    {
        "alike": 4.5134,
        "best": 0.7903,
        "best words": 2.2860,
        "clause": 7.8746,
        "length": 0.4032,
        "opening works": 1.1619,
        "rarest work": 0.5704,
        "topic": 1.3650,
    },
    0.36,
)
"""Do two tasks of different plans belong together at all?"""

SAME = Logistic(
    -11.7141,
    {
        "alike": 7.4100,
        "best": 1.0562,
        "best words": 3.4648,
        "clause": 4.7760,
        "length": 0.4591,
        "opening works": 1.7678,
        "rarest work": 0.2989,
        "topic": 0.3777,
    },
    0.30,
)
"""Are two tasks of different plans the same duty?"""

PART_WITHIN = Logistic(
    -9.8417,
    {
        "alike": 5.3814,
        "best": 0.4877,
        "best words": 2.4658,
        "clause": 9.5327,
        "length": 0.3741,
        "opening works": 1.1827,
        "rarest work": 0.5106,
        "topic": 1.2864,
    },
    0.76,
)
"""Do two tasks of one plan belong together at all?"""

SAME_WITHIN = Logistic(
    -11.9931,
    {
        "alike": 8.1112,
        "best": 1.8606,
        "best words": 3.5896,
        "clause": 4.6044,
        "length": 0.2798,
        "opening works": 1.6214,
        "rarest work": 0.2077,
        "topic": 0.5996,
    },
    0.92,
)
"""Are two tasks of one plan the same duty?"""

ARTICLE = Logistic(
    -9.6211,
    {
        "announced": 1.0755,
        "best": -0.7980,
        "for all": 1.0778,
        "for others": 0.5397,
        "heading for all": 0.5114,
        "heading for others": -1.7484,
        "heading meaning": 4.3550,
        "heading works": 3.5261,
        "no duty": -0.2894,
        "provision": 9.8213,
        "provision meaning": -3.1451,
        "provision works": -1.5618,
        "rarest work": -0.0618,
        "shared works": 1.4130,
        "subject": -1.7797,
        "whole meaning": 7.4101,
        "whole words": -3.1183,
    },
    0.16,
)
"""Does a task fall under the duty of an article?"""

ARTICLE_SAME = Logistic(
    -11.7694,
    {
        "announced": 1.1541,
        "best": 0.5598,
        "for all": 0.6070,
        "for others": 0.4961,
        "heading for all": 0.8181,
        "heading for others": -1.2341,
        "heading meaning": 5.2872,
        "heading works": 1.5872,
        "no duty": -0.1802,
        "provision": 8.7097,
        "provision meaning": 0.1520,
        "provision works": -1.3715,
        "rarest work": -0.1484,
        "shared works": 1.5455,
        "subject": 0.4131,
        "whole meaning": 4.7770,
        "whole words": -0.8144,
    },
    0.20,
)
"""Does a task carry out the duty of an article?"""
