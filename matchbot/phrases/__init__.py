"""How people phrase what they look for: recognisers of wishes, one per language."""
