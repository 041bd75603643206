"""The parts of scripts/drift: how a vendor's document is cut, compared with the contract, and taken over."""
