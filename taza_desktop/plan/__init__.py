"""The catalogue: measures, forms, territories, rounds, and what follows from them alone."""
