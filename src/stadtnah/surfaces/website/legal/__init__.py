"""The pages the law asks of a municipal website, drafted from what is true of this cell."""
