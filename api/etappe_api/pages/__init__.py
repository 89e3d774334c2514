"""Pages for people: plain HTML that works without scripts, in German and English."""

from etappe_api.pages.rendering import render

__all__ = ["render"]
