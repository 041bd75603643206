from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import socket_token as _socket_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .socket_token import SocketToken


_new = object.__new__


@define(repr=False)
class SocketAccess(Model):
    """The token for the socket of a project."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    token: SocketToken
    """A token, and until when it opens the socket."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> SocketAccess:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SocketAccessWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> SocketAccess:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SocketAccessWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "token": self.token.to_dict(),
        }
        if self.error is not None:
            properties["error"] = self.error
        return properties


class SocketAccessWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    success: bool
    token: _socket_token.SocketTokenWire
    error: str | None = None


def build(wire: SocketAccessWire) -> SocketAccess:
    """Returns the object for what was read."""
    model = _new(SocketAccess)
    model.success = wire.success
    model.token = _socket_token.build(wire.token)
    model.error = wire.error
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
