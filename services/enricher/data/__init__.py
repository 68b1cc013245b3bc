"""Tables that the enrichments read, and the script that makes one of them."""
