"""Whether this process lives, and whether it can serve: for load balancers and people on watch.

Only the database and its migrations decide whether the site is ready. Everything else, the cache
included, is something the site serves without: it makes the answer "degraded", never a 503.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@dataclass(frozen=True, slots=True)
class Concern:
    """What a room says about itself: whether somebody should look, and figures without names."""

    degraded: bool
    figures: dict[str, float] = field(default_factory=dict)


_concerns: dict[str, Callable[[], Concern]] = {}
_migrated: set[str] = set()


def concern(name: str) -> Callable[[Callable[[], Concern]], Callable[[], Concern]]:
    """Register the decorated function: readiness asks it, after the database has answered."""

    def register(function: Callable[[], Concern]) -> Callable[[], Concern]:
        _concerns[name] = function
        return function

    return register


@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """Answer at all: the process runs. Nothing else is asked, or a dead database would kill it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 ("ok" or "degraded") if the site can be served, otherwise 503 with what is missing."""
    try:
        missing = "" if migrated() else "migrations"
        concerns = {} if missing else {name: ask() for name, ask in sorted(_concerns.items())}
    except (DatabaseError, InterfaceError):
        missing, concerns = "database", {}
    if missing:
        response = JsonResponse({"status": "unavailable", "missing": missing}, status=503)
        response["Retry-After"] = "5"
        return response
    concerns["cache"] = Concern(degraded=not cache_answers())
    degraded = sorted(name for name, found in concerns.items() if found.degraded)
    return JsonResponse(
        {
            "status": "degraded" if degraded else "ok",
            "degraded": degraded,
            **{name: found.figures for name, found in concerns.items() if found.figures},
        }
    )


def migrated() -> bool:
    """Tell whether the database answers and holds every migration this process knows."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    # Reading the whole graph costs much; once applied, migrations of this process stay applied.
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def cache_answers() -> bool:
    """Tell whether the cache keeps what it is given."""
    cache.set("healthz", "ok", 10)
    return bool(cache.get("healthz") == "ok")
