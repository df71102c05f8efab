"""Where results go: a folder of tables, or a database. A sink takes output lines and knows nothing of how they were made."""
