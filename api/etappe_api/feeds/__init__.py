"""What other programs take from here whole: changes, the dump, and the stops and meetings in the forms they read."""

from etappe_api.feeds.routes import router

__all__ = ["router"]
