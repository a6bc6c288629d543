"""Pages on whether somebody is who he says: a letter's tells, the first meeting."""
