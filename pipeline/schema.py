"""JSON Schema of the project's shapes, from pydantic's TypeAdapter over their dataclasses.

Apart from `pipeline.output` because it imports pydantic, which nothing else on the way of a document needs.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from extractors.mention import Label

VALUES_OF_LABEL: dict[Label, tuple[str, ...]] = {
    "DATE": ("DateValue", "UnplacedDate"),
    "DEADLINE": ("DeadlineValue",),
    "PROVINCE": ("ProvinceValue",),
    "PERCENT": ("PercentValue",),
    "YUAN": ("YuanValue",),
    "DURATION": ("DurationValue",),
    "PLACE": ("PlaceValue",),
    "COUNT": ("CountValue",),
    "ORG": ("NameValue",),
    "TITLE": ("TitleValue",),
    "DOCNUM": ("NumberValue",),
    "PERSON": ("NameValue",),
}
"""The shapes that a mention's value can have, by its label."""

_PLAIN_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"


class _Schema(GenerateJsonSchema):
    """Closed objects, plain decimal strings; optional keys are left out instead of being null."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002
        return {"type": "string", "pattern": _PLAIN_NUMBER}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        out = super().dataclass_schema(schema)
        shape = self.get_schema_from_definitions(out["$ref"]) if "$ref" in out else out
        if shape is not None:
            shape["additionalProperties"] = False
        return out

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        out = super().default_schema(schema)
        absent = out.pop("default", ...)
        choices: list[JsonSchemaValue] = [choice for choice in out.get("anyOf", ()) if choice != {"type": "null"}]
        if absent is None and len(choices) == 1:
            return choices[0]
        return out


def of(root: type[Any]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a dataclass as `pipeline.output` writes it; mentions' values follow their labels."""
    adapter: TypeAdapter[Any] = TypeAdapter(root)
    schema: dict[str, Any] = adapter.json_schema(mode="serialization", schema_generator=_Schema)
    definitions: dict[str, Any] = schema.get("$defs", {})
    for definition in definitions.values():
        properties = definition.get("properties", {})
        if "label" in properties and "value" in properties:
            properties["value"] = True
            definition["allOf"] = [
                {
                    "if": {"properties": {"label": {"const": label}}},
                    "then": {"properties": {"value": {"anyOf": [{"$ref": f"#/$defs/{shape}"} for shape in shapes]}}},
                }
                for label, shapes in VALUES_OF_LABEL.items()
            ]
    # What a document may lack is an empty list in the line, never a missing key.
    schema["required"] = [
        key for key, kind in schema["properties"].items() if key in schema["required"] or kind.get("type") == "array"
    ]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
