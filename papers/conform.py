"""Whether a snapshot has the keys its shape asks for: a misspelt key fails where it is written, not on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict


@dataclass(frozen=True)
class Maybe:
    """A record, or None."""

    shape: Any


class Misfit(TypeError):
    """A snapshot that is not of its paper's shape."""


def conform(content: Any, shape: type) -> None:
    """Refuse a snapshot with missing or unknown keys, naming every one."""
    if faults := list(misfits(content, shape, shape.__name__)):
        raise Misfit("; ".join(faults))


def misfits(content: Any, shape: Any, where: str) -> Iterator[str]:
    """Every key that is missing or unknown, at any depth."""
    if isinstance(shape, Maybe):
        if content is not None:
            yield from of_record(content, shape.shape, where)
    elif is_typeddict(shape):
        yield from of_record(content, shape, where)
    elif get_origin(shape) is list:
        (item_shape,) = get_args(shape)
        for position, item in enumerate(listed(content)):
            yield from misfits(item, item_shape, f"{where}[{position}]")
    elif get_origin(shape) is dict:
        for key, item in content.items():
            yield from misfits(item, get_args(shape)[1], f"{where}[{key}]")


def of_record(content: Any, shape: Any, where: str) -> Iterator[str]:
    if not isinstance(content, dict):
        yield f"{where} is no record"
        return
    fields = fields_of(shape)
    for key in sorted(shape.__required_keys__ - content.keys()):
        yield f"{where}.{key} is missing"
    for key in sorted(content.keys() - fields.keys()):
        yield f"{where}.{key} is unknown"
    for key in fields.keys() & content.keys():
        yield from misfits(content[key], fields[key], f"{where}.{key}")


@cache
def fields_of(shape: Any) -> dict[str, Any]:
    """The fields of a shape, NotRequired taken off."""
    return {key: bare(hint) for key, hint in get_type_hints(shape, include_extras=True).items()}


def bare(hint: Any) -> Any:
    if get_origin(hint) is NotRequired:
        (hint,) = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        records = [choice for choice in get_args(hint) if is_typeddict(choice)]
        return Maybe(records[0]) if records else object
    return hint


def listed(content: Any) -> list[Any]:
    return content if isinstance(content, list | tuple) else []  # type: ignore[return-value]
