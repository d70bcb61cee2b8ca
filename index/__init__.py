"""What finds: tokens, BM25, vectors, fusion, and the snapshots they are served from."""
