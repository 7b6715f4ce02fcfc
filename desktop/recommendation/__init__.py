"""What the caseworker recommends, and handing it over."""
