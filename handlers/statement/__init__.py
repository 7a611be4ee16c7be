"""The statement of account: summary, products, movements and the printed copy."""
