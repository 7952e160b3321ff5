"""The OpenAPI description as a document for programs, and as a page for people."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    required: bool
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    key: str
    group: str
    method: str
    path: str
    summary: str
    words: str
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    answers: list[tuple[str, str]]
    call: str
    example: str


@lru_cache(maxsize=len(settings.LANGUAGES))
def described(language: str) -> dict[str, Any]:
    """Return the description in a language; it never changes while we run."""
    with translation.override(language):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
        return found


class SchemaApi(ApiView):
    """`/api/v1/schema/`."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Return the OpenAPI document."""
        return Response(described(translation.get_language() or ""))


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters, its answers and an example."""
    found = list(operations(described(translation.get_language() or "")))
    groups = [(name, list(rows)) for name, rows in groupby(found, key=lambda row: row.group)]
    limits = settings.API_REQUESTS_A_MINUTE
    return render(request, "rest/docs.html", {"groups": groups, "limits": limits, "scopes": Scope.choices})


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    """Read the operations out of the description, in the order of their addresses."""
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            yield _operation(schema, path, method, said)


def _operation(schema: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> Operation:
    success = next(said["responses"][code] for code in said["responses"] if code.startswith("2"))
    asked = said.get("requestBody", {})
    return Operation(
        key=said["operationId"],
        group=said["tags"][0],
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        words=said.get("description", ""),
        parameters=[_parameter(row) for row in said.get("parameters", ())],
        body=_fields(schema, asked),
        answer=_fields(schema, success),
        answers=[(code, answer.get("description", "")) for code, answer in said["responses"].items()],
        call=_call(method, path, asked),
        example=_json(_example(success)),
    )


def _content(part: dict[str, Any]) -> dict[str, Any]:
    """Return how a body or an answer is described, whatever the kind of it."""
    found: dict[str, Any] = next(iter(part.get("content", {}).values()), {})
    return found


def _example(part: dict[str, Any]) -> Any:
    return next((example["value"] for example in _content(part).get("examples", {}).values()), None)


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, indent=2, ensure_ascii=False)


def _call(method: str, path: str, asked: dict[str, Any]) -> str:
    lines = [f"curl {settings.PUBLIC_URL}{path}", '-H "Authorization: Bearer $TOKEN"']
    if method != "get":
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if "multipart/form-data" in asked.get("content", {}):
        lines += [f'-F "{name}={value}"' for name, value in _example(asked).items()]
    elif method != "get":
        lines += ['-H "Content-Type: application/json"', f"-d '{_json(_example(asked) or {})}'"]
    return " \\\n  ".join(lines)


def _parameter(row: dict[str, Any]) -> Field:
    return Field(
        row["name"],
        _kind(row.get("schema", {})),
        row.get("required", False),
        row.get("description", ""),
        row["in"],
    )


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and a list to its rows."""
    for part in (shape, *shape.get("allOf", ()), *shape.get("oneOf", ())):
        if "$ref" in part:
            return _resolved(schema, schema["components"]["schemas"][part["$ref"].rpartition("/")[2]])
    return shape


def _fields(schema: dict[str, Any], part: dict[str, Any]) -> list[Field]:
    shape = _resolved(schema, _content(part).get("schema", {}))
    rows = shape.get("properties", {}).get("results")
    if rows:
        shape = _resolved(schema, rows["items"])
    required = shape.get("required", ())
    return [
        Field(name, _kind(_resolved(schema, said)), name in required, str(said.get("description", "")))
        for name, said in shape.get("properties", {}).items()
    ]


def _kind(shape: dict[str, Any]) -> str:
    """Say what may stand there: the words of a closed list, else the type."""
    if "enum" in shape:
        return " | ".join(str(word) for word in shape["enum"])
    kind = str(shape.get("format") or shape.get("type", ""))
    if kind == "array":
        kind = f"[{_kind(shape.get('items', {}))}]"
    return f"{kind} | null" if shape.get("nullable") else kind
