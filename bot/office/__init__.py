"""The async core, where the other rooms meet: intake, clerk, ledger, courier, watch."""
