"""What two or more processes need and that knows no article."""
