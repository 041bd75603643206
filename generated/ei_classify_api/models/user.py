from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class User(Model):
    """A user of Studio."""

    id: int | Unset = UNSET
    """The user's id."""
    name: str | Unset = UNSET
    """The user's full name."""
    username: str | Unset = UNSET
    """The name that the user signs in with."""
    photo: str | Unset = UNSET
    """The address of the user's picture."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> User:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, UserWire))

    @staticmethod
    def from_json(content: bytes | str) -> User:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, UserWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if not isinstance(self.id, Unset):
            properties["id"] = self.id
        if not isinstance(self.name, Unset):
            properties["name"] = self.name
        if not isinstance(self.username, Unset):
            properties["username"] = self.username
        if not isinstance(self.photo, Unset):
            properties["photo"] = self.photo
        return properties


class UserWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    id: int | Unset = UNSET
    name: str | Unset = UNSET
    username: str | Unset = UNSET
    photo: str | Unset = UNSET


def build(wire: UserWire) -> User:
    """Returns the object for what was read."""
    model = _new(User)
    model.id = wire.id
    model.name = wire.name
    model.username = wire.username
    model.photo = wire.photo
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
