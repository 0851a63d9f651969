"""Where the rooms meet: intake, clerk, ledger, courier, watch. The only async rooms besides the borders."""
