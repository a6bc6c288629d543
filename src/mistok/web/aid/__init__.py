"""Pages of aid: consignments of an office, their lines, customs, acts, files and deadlines."""
