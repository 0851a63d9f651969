"""What is asked for beside every case: lists, people, reports, the supervisor's view."""
