"""What the clients can do, one module per verb of the API."""
