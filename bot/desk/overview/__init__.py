"""Lists, profiles, roles and reports at the desk, and the supervisor's view."""
