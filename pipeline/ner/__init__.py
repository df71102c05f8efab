"""Training a spaCy `ner` on names, from gold and from IOB2 files, and comparing it with the rules."""
