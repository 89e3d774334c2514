"""The service: routes, pages and standards over HTTP. Uses ``etappe`` through its public names only."""
