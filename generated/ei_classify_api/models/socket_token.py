from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Timestamp,
    Wire,
    read_dict,
    read_json,
    to_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class SocketToken(Model):
    """A token, and until when it opens the socket."""

    socket_token: str
    """The token, which goes into the query of the socket's address."""
    expires: datetime.datetime
    """When the token ends to be valid."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> SocketToken:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SocketTokenWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> SocketToken:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SocketTokenWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "socketToken": self.socket_token,
            "expires": to_text(self.expires),
        }
        return properties


class SocketTokenWire(
    Wire,
    rename={
        "socket_token": "socketToken",
    },
):
    """The JSON that it is read from."""

    socket_token: str
    expires: Timestamp


def build(wire: SocketTokenWire) -> SocketToken:
    """Returns the object for what was read."""
    model = _new(SocketToken)
    model.socket_token = wire.socket_token
    model.expires = wire.expires
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
