"""Recognition: what a person's own sheets hold, and the plans to adopt or import them."""
