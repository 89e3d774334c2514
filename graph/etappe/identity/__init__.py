"""Who is who: decisions that two things are one, or are not, and proposals for such decisions.

Things are named here without the base of their IRIs, as ``person/christina-flore``.
"""
