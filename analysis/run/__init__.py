"""Runs: parameters, engines, the runner, its ledger, schedules and delivery."""
