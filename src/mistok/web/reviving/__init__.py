"""Pages of sleeping ties: the revival kit."""
