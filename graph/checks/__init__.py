"""The rules that look beyond one document, or at what its parts mean together: one file for each subject.

A rule is a small function from a :class:`~graph.checks.case.Case` to findings; what it is called, the kind of fault and its
severity are in the ontology's list of rules, under the same code.
"""
