"""From a folder of documents to an index that readers can trust: parse, split, embed, store, and keep versions."""
