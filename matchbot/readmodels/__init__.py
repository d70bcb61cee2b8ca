"""The read models: what the events say, laid out for questions, in a database of its own.

They are caught up with the ledger in every unit of work, written after it, and can at any time be made
again from the events alone (`ReadModels.rebuild` in `files`). Losing the file loses nothing.
"""
