"""Tests of the second editor."""
