"""Drawings: frames in, charts out."""
