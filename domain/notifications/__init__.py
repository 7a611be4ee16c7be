"""What the cooperative tells its members without being asked."""
