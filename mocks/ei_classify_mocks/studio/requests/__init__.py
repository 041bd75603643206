"""What a request asks for: checked against the contract, and turned into filters."""
