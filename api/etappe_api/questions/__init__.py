"""The catalogue of questions over HTTP: a documented address for each, in every form that people and programs read."""

from etappe_api.questions.routes import router

__all__ = ["router"]
