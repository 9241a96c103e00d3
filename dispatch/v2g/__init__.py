"""Parked cars as one virtual store: sessions in, an envelope and a plan out, and every car's share of it back."""
