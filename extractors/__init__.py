"""Recognisers of Chinese policy text: each finds mentions of one kind in a Text.

Nothing here opens a file except the gazetteer its own data, and nothing imports the pipeline.
"""
