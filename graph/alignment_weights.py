"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

MODEL = "a995f45b3455a29d"
"""The fingerprint of the embedding model that they were learned with."""

PART = Logistic(
    -9.7133,
    {
        "alike": 4.6804,
        "best": 0.7091,
        "best words": 2.3161,
        "clause": 7.6082,
        "length": 0.4530,
        "opening works": 1.1303,
        "rarest work": 0.6071,
        "topic": 1.3473,
    },
    0.36,
)
"""Do two tasks of different plans belong together at all?"""

SAME = Logistic(
    -11.8136,
    {
        "alike": 7.6158,
        "best": 1.2944,
        "best words": 3.3270,
        "clause": 4.5127,
        "length": 0.5144,
        "opening works": 1.6130,
        "rarest work": 0.3156,
        "topic": 0.3801,
    },
    0.34,
)
"""Are two tasks of different plans the same duty?"""

PART_WITHIN = Logistic(
    -9.8794,
    {
        "alike": 5.5573,
        "best": 0.4208,
        "best words": 2.4628,
        "clause": 9.3319,
        "length": 0.4154,
        "opening works": 1.1626,
        "rarest work": 0.5463,
        "topic": 1.2591,
    },
    0.74,
)
"""Do two tasks of one plan belong together at all?"""

SAME_WITHIN = Logistic(
    -12.0669,
    {
        "alike": 8.0747,
        "best": 1.9687,
        "best words": 3.5221,
        "clause": 4.5732,
        "length": 0.3178,
        "opening works": 1.5578,
        "rarest work": 0.2325,
        "topic": 0.5781,
    },
    0.92,
)
"""Are two tasks of one plan the same duty?"""

ARTICLE = Logistic(
    -9.7264,
    {
        "announced": 1.0898,
        "best": -0.5508,
        "for all": 1.0798,
        "for others": 0.5764,
        "heading for all": 0.5198,
        "heading for others": -1.7890,
        "heading meaning": 4.1935,
        "heading works": 3.3869,
        "no duty": -0.2891,
        "provision": 9.3669,
        "provision meaning": -3.2209,
        "provision works": -1.3918,
        "rarest work": -0.0002,
        "shared works": 1.3412,
        "subject": -1.5526,
        "whole meaning": 7.4517,
        "whole words": -3.4360,
    },
    0.16,
)
"""Does a task fall under the duty of an article?"""

ARTICLE_SAME = Logistic(
    -11.9312,
    {
        "announced": 1.1638,
        "best": 1.1823,
        "for all": 0.5700,
        "for others": 0.4849,
        "heading for all": 0.8274,
        "heading for others": -1.3468,
        "heading meaning": 4.9016,
        "heading works": 1.1322,
        "no duty": -0.1828,
        "provision": 8.0046,
        "provision meaning": 0.0459,
        "provision works": -0.9240,
        "rarest work": -0.0565,
        "shared works": 1.3156,
        "subject": 0.7807,
        "whole meaning": 4.9319,
        "whole words": -0.8944,
    },
    0.18,
)
"""Does a task carry out the duty of an article?"""

INDEXED = Logistic(
    -9.6564,
    {
        "announced": 0.8302,
        "best": 0.4747,
        "for all": 1.4116,
        "for others": 0.2273,
        "governed": 0.3407,
        "governed and heading": -7.1897,
        "governed and meaning": -2.0612,
        "governed and provision": 0.8413,
        "governed best": 3.2331,
        "governed joint": -0.5445,
        "governed opening": -0.7434,
        "governed opening and heading": -0.8266,
        "governed opening special": 0.5816,
        "governed share": 0.3179,
        "governed share and meaning": -2.9868,
        "governed share of best": 1.9274,
        "governed special": -0.1589,
        "heading for all": -0.5697,
        "heading for others": -1.1020,
        "heading meaning": 3.9680,
        "heading works": 1.2077,
        "loosely": 1.3948,
        "loosely opening": -0.1858,
        "no duty": 0.2614,
        "not in the index": -0.4867,
        "provision": 8.6190,
        "provision meaning": -3.4037,
        "provision works": -2.8433,
        "rarest work": 0.0342,
        "shared works": 1.0622,
        "subject": -0.5789,
        "whole meaning": 8.7118,
        "whole words": -1.2913,
        "works of the task": -0.4303,
    },
    0.20,
)
"""The same for the directives of the subject index."""

INDEXED_SAME = Logistic(
    -13.1562,
    {
        "announced": 0.6631,
        "best": 2.3656,
        "for all": 0.7961,
        "for others": 0.0485,
        "governed": 3.3922,
        "governed and heading": -7.1240,
        "governed and meaning": -1.1603,
        "governed and provision": -2.4878,
        "governed best": 4.1945,
        "governed joint": 0.5800,
        "governed opening": -1.7603,
        "governed opening and heading": -2.0686,
        "governed opening special": 1.1693,
        "governed share": 0.0586,
        "governed share and meaning": 0.9916,
        "governed share of best": 0.8040,
        "governed special": -0.8424,
        "heading for all": -0.0668,
        "heading for others": -0.3067,
        "heading meaning": 5.2160,
        "heading works": -1.1713,
        "loosely": 1.2296,
        "loosely opening": -0.8467,
        "no duty": 0.5021,
        "not in the index": 0.4270,
        "provision": 8.2838,
        "provision meaning": 1.0457,
        "provision works": -2.3031,
        "rarest work": -0.0087,
        "shared works": 0.6438,
        "subject": 2.5532,
        "whole meaning": 4.1165,
        "whole words": 2.6572,
        "works of the task": 0.0449,
    },
    0.28,
)
"""The same for grade 2."""
