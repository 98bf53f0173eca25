"""Evaluation corpora, made again from Debian packages by one command."""
