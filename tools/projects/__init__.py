"""What scripts/build-projects is made of: one module a project of the Studio double.

Each project module has `build`, which trains its models, runs them and returns the project's document.
"""
