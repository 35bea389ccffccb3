"""`python -m kgbuild` is `kgbuild`."""

from kgbuild.cli import main

if __name__ == "__main__":
    main()
