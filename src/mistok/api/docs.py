"""The list of operations as a page of our own: the usual viewers load scripts from elsewhere."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mistok.api.routes import api

METHODS: Final = ("get", "post")
_PREFIX: Final = "#/components/schemas/"
_UNTOLD: Final = frozenset({"Problem"})


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, and every shape with its fields."""
    return render(request, "api/docs.html", _context())


@cache
def _context() -> dict[str, Any]:
    schema: Any = api.get_openapi_schema()
    shapes: Mapping[str, Any] = schema["components"]["schemas"]
    return {
        "operations": list(_operations(schema["paths"])),
        "shapes": [
            {
                "name": name,
                "about": shape.get("description", ""),
                "fields": list(_fields(shape)),
                "kinds": _names(shape.get("oneOf", [])),
                "words": shape.get("enum", []),
            }
            for name, shape in sorted(shapes.items())
        ],
    }


def _operations(paths: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, ways in paths.items():
        for method in METHODS:
            if method in ways:
                yield _operation(method, path, ways[method])


def _operation(method: str, path: str, told: Mapping[str, Any]) -> dict[str, Any]:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = {code: one for code, one in told["responses"].items() if int(code) < 400}
    given = [one.get("content", {}).get("application/json", {}) for one in answers.values()]
    return {
        "id": told["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": told["summary"],
        "about": told.get("description", ""),
        "parameters": [
            (one["name"], one["in"], one["required"], _kind(one["schema"]))
            for one in told.get("parameters", [])
        ],
        "body": _names([body.get("schema", {})]),
        "answers": _names([one.get("schema", {}) for one in given]),
    }


def _names(schemas: list[Mapping[str, Any]]) -> list[str]:
    """The shapes that these name, each once; of a choice all."""
    found: list[str] = []
    for one in schemas:
        inner = _names([*one.get("anyOf", []), *one.get("oneOf", [])])
        name = one.get("$ref", "").removeprefix(_PREFIX)
        found += [it for it in ([name] if name else inner) if it not in found]
    return [name for name in found if name not in _UNTOLD]


def _fields(shape: Mapping[str, Any]) -> Iterator[tuple[str, str, bool, str]]:
    needed = shape.get("required", [])
    for name, field in shape.get("properties", {}).items():
        yield name, _kind(field), name in needed, field.get("description", "")


def _kind(field: Mapping[str, Any]) -> str:
    """In a few words what may stand there."""
    if "$ref" in field:
        return str(field["$ref"]).removeprefix(_PREFIX)
    choices = [*field.get("anyOf", []), *field.get("oneOf", []), *field.get("allOf", [])]
    if choices:
        return " | ".join(_kind(one) for one in choices)
    if "const" in field:
        return f'"{field["const"]}"'
    if "enum" in field:
        return " | ".join(f'"{one}"' for one in field["enum"])
    if field.get("type") == "array":
        return f"[{_kind(field.get('items', {}))}]"
    kind = str(field.get("type", "object"))
    return f"{kind} ({field['format']})" if "format" in field else kind
