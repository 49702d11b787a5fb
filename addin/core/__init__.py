"""The pure core: no file, no network, no clock, no spreadsheet library. tests/test_layers.py holds it to that."""
