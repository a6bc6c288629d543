"""Pages of one's own account: allauth signs in, its look and the door to /staff/ are ours."""
