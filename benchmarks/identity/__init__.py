"""How well and how fast duplicates are found: a labelled set of invented people, and growing numbers of them."""
