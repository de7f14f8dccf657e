"""Checks that know the law: what may be required, here, in this way. One rule, one function, one code."""
