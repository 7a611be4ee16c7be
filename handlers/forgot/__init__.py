"""A forgotten PIN: document, picture, code by e-mail, a second proof, and a new PIN."""
