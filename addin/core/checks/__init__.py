"""Checks: the words that rules are made of, the rules run over tables, the findings and their marks."""
