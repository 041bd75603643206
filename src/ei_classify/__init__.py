"""Every model-testing result of an Edge Impulse project, typed and whole."""
