"""The commands of `briefing`: each module registers its own."""
