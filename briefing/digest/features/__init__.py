"""What is measured of each sentence: features of its place and terms, and its n-grams."""
