"""Who is who and where is where: curated actors, countries, the gazetteer, and names in Latin letters."""
