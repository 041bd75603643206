"""The operations of the API that the double carries out.

A new one is a function in a module of its own, and one line in `table.py`. Its method, its path, its
parameters and its request body come from the contract.
"""
