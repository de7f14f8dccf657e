"""`python -m procurement_equality` does what `procurement-equality` does."""

from procurement_equality.cli import main

if __name__ == "__main__":
    main()
