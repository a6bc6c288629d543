"""Pages on which partners answer: by a link without an account, and their commitments."""
