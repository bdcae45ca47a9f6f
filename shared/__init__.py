"""What every service shares: the contracts, and the event core that carries them."""
