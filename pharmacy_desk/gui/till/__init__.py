"""What stands beside another till."""
