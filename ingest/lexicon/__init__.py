"""The lexicon: what words mean in other languages, for questions and passages of different languages to meet.

`lexicon.tsv` is its table, `LIAISON_LEXICONS` adds lists to it, and the glossary of a corpus goes ahead of both.
"""
