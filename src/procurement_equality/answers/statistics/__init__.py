"""Statistics by sex: added up, masked, compared."""
