"""complaint-bot: the desk that a consumer brand puts in front of its complaints."""

__version__ = "0.1.0"
