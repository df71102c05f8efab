"""Many documents: found in the inputs, extracted by a pool of workers, entered in a ledger, handed to a sink.

    inputs ─▶ items ─▶ job (what is new or changed) ─▶ supervisor (workers of an engine) ─▶ parts + ledger ─▶ sink

What has been computed lies in the state folder: results in part files, and where each lies in the ledger. A sink makes
what a user asked for from these alone, in one order, so it comes out the same however often a run was interrupted.
"""
