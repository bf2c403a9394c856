"""The words of the field: vocabulary, controlled lists, the register of directives, shapes.

``ontology.knowledge`` gives everything that is known, with the entries and the numbers of documents; ``ontology.namespaces`` the
terms of the graph.
"""
