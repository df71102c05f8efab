"""Chinese policy texts in, structured policy data out."""
