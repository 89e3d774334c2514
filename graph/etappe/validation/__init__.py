"""The gate: reports against shapes (``reports``), any RDF against any (``general``), findings, and their forms."""
