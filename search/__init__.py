"""Finding anything in every language of the site; reached by signals and jobs only."""
