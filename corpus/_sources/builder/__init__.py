"""Turns Markdown sources into the shapes that documents come in: source → document → pdf, docx or html."""
