"""HTTP: credentials, settings, retries, and the exchange of one call. The only room that imports httpx."""
