"""``python -m etappe`` is ``etappe``."""

from etappe.cli import main

main()
