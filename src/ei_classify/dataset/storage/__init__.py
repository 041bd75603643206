"""Where exports are stored: a folder of this machine, or an object store."""

from .opening import storage_of
from .protocol import Found, Storage, hidden_name

__all__ = ["Found", "Storage", "hidden_name", "storage_of"]
