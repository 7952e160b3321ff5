"""What the documentation shows of cover, demand, requirements, goals, forecasts and peak periods."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

AT: Final = "2026-11-23T09:00:00+08:00"
DEMAND: Final[dict[str, Any]] = {
    "id": 81,
    "queue": "repairs",
    "site": "hangzhou",
    "starts_at": AT,
    "calls": "42.50",
    "handle_seconds": 240,
    "origin": "forecast",
}
LOAD: Final[dict[str, Any]] = {"starts_at": AT, "calls": "42.50", "handle_seconds": 240}
REQUIREMENT: Final[dict[str, Any]] = {
    "id": 17,
    "site": "hangzhou",
    "skill": "billing",
    "starts_at": AT,
    "heads": 12,
    "origin": "computed",
}
PUT: Final[dict[str, Any]] = {"new": 1, "changed": 0, "removed": 0, "left": 0}
GOAL: Final[dict[str, Any]] = {
    "queue": "repairs",
    "skill": None,
    "share": "0.800",
    "within_seconds": 20,
    "patience_seconds": 180,
    "shrinkage": "0.300",
    "occupancy": "0.850",
}
FORECAST: Final[dict[str, Any]] = {
    "id": 9,
    "queue": "repairs",
    "state": "done",
    "message": "10,240 calls are expected in “Repairs” in 28 days.",
    "error": {
        "first": "2026-10-24",
        "days": 28,
        "came": 10022.0,
        "expected": 10180.0,
        "wape": 0.14,
        "wape_days": 0.06,
        "bias": 0.016,
        "wape_naive": 0.21,
    },
    "rows": [{"starts_at": AT, "calls": 42.5, "handle_seconds": 240}],
}
CELL: Final[dict[str, Any]] = {"starts_at": AT, "skill": "billing", "required": 12, "present": 10, "short": 2}
GAP: Final[dict[str, Any]] = {
    "starts_at": AT,
    "ends_at": "2026-11-23T10:00:00+08:00",
    "skill": "billing",
    "worst": 2,
    "head_half_hours": 3,
}
PEAK: Final[dict[str, Any]] = {
    "id": 3,
    "site": "hangzhou",
    "name": "2026-12",
    "first": "2026-12-01",
    "last": "2026-12-15",
    "lunch_from": "12:00:00",
    "lunch_to": "13:30:00",
    "lunch_heads": 3,
    "weekend_heads": 2,
}
TEMPLATE: Final[dict[str, Any]] = {"first_day": 1, "last_day": 15, "lunch_heads": 3, "weekend_heads": 2}


def asked(name: str, value: dict[str, Any]) -> OpenApiExample:
    """Return the example of a request."""
    return OpenApiExample(name, value, request_only=True)


def answered(name: str, value: Any, status: str = "200") -> OpenApiExample:
    """Return the example of an answer."""
    return OpenApiExample(name, value, response_only=True, status_codes=[status])


def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return an example without some of its facts."""
    return {name: fact for name, fact in value.items() if name not in names}
