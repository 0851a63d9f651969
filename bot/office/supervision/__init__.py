"""What the supervisor's page shows, and to whom."""
