"""Partners: the list, a partner's page, and the forms for partners and projects."""
