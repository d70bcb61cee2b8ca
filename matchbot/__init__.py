"""Decides and remembers: the conversation, the matching, and what people can ask of both."""
