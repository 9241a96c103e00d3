"""Samples of our own making: three stations, two months, each meter in another format; `scripts/make_samples.py`."""
