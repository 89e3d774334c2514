"""Figures for Prometheus: what was asked, how long it took, what was refused, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from etappe_api.access import client_of, needs
from etappe_api.keys import Client, Role
from etappe_api.service import Service, service_of

router = APIRouter(tags=["operation"])

disable_created_metrics()  # type: ignore[no-untyped-call]
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one service. Labels are templates of routes, never what clients write."""

    def __init__(self, service: Service) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "etappe_requests", "Requests by route and status.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "etappe_request_seconds", "Time of a request.", ("route",), buckets=_BUCKETS, registry=self._registry
        )
        self._hits = Counter("etappe_cache_hits", "Answers that were kept already.", registry=self._registry)
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}
        self._registry.register(_Present(service))

    def observe(self, method: str, route: str, status: int, seconds: float, cached: bool) -> None:
        """Count one request."""
        key = (method, route, status)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._requests.labels(method if method in _METHODS else "other", route, str(status))
            if method in _METHODS:
                self._counters[key] = counter
        counter.inc()
        timer = self._timers.get(route)
        if timer is None:
            timer = self._timers[route] = self._seconds.labels(route)
        timer.observe(seconds)
        if cached:
            self._hits.inc()

    def exposition(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Present(Collector):
    """What is read off the service when somebody asks."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        if not hasattr(self._service, "state"):  # not started yet
            return
        queries, state = self._service.queries, self._service.state
        waiting = len(state.archive.waiting()) if state.archive is not None else 0
        for name, text, value in (
            ("etappe_queries_running", "Queries at work in a reader.", queries.turns.working),
            ("etappe_queries_waiting", "Queries that wait for a reader.", queries.turns.waiting),
            ("etappe_readers", "Processes that answer queries.", self._service.settings.workers),
            ("etappe_generation", "Number of the state of the data that is read.", state.number),
            ("etappe_generation_held", "Whether it is answered from memory.", int(queries.held)),
            ("etappe_reports_waiting", "Reports that did not pass the gate and wait for a person.", waiting),
        ):
            yield GaugeMetricFamily(name, text, value=value)
        yield CounterMetricFamily("etappe_queries_refused", "Queries that found no reader.", value=queries.refused)
        yield CounterMetricFamily("etappe_queries_timed_out", "Queries that took too long.", value=queries.timed_out)


class _Watcher(needs):
    """The role ``admin``, unless the service is set up otherwise."""

    async def __call__(self, request: Request) -> Client:
        """See ``needs``."""
        if service_of(request).settings.metrics_open:
            return client_of(request)
        return await super().__call__(request)


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"description": "Prometheus text format.", "content": {"text/plain": {}}}},
)
async def metrics(request: Request, _: Annotated[Client, Depends(_Watcher(Role.ADMIN))]) -> Response:
    """Needs a key with the role `admin`, unless the service is set up with `metrics_open`.

    An address is no proof: behind a proxy on the same machine, everybody comes from the loopback.
    """
    return Response(request.app.state.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
