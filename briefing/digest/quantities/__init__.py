"""Numbers in running text: reading them, telling figures from other numbers, what they count."""
