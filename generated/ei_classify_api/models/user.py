from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class User(Model):
    """A user of Studio."""

    id: int | None = None
    """The user's id."""
    name: str | None = None
    """The user's full name."""
    username: str | None = None
    """The name that the user signs in with."""
    photo: str | None = None
    """The address of the user's picture."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> User:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, UserWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> User:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, UserWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.id is not None:
            properties["id"] = self.id
        if self.name is not None:
            properties["name"] = self.name
        if self.username is not None:
            properties["username"] = self.username
        if self.photo is not None:
            properties["photo"] = self.photo
        return properties


class UserWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    id: Integer | None = None
    name: str | None = None
    username: str | None = None
    photo: str | None = None


def build(wire: UserWire) -> User:
    """Returns the object for what was read."""
    model = _new(User)
    model.id = wire.id
    model.name = wire.name
    model.username = wire.username
    model.photo = wire.photo
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
