"""How well texts are read: figures on practice reports, and what each family of rules brings."""
