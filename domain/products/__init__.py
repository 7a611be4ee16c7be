"""What the cooperative offers: its lines, the limits and rates of a date, and quotes of them."""
