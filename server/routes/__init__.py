"""Every address that the server answers: a module for each family, with its blueprint; `server.app` lists them."""
