-- Text sorts by language with digits by value: M8 before M10, ä beside a. Named, so that an order never depends on a server's default.
create collation pybase.natural_order (provider = icu, locale = 'und-u-kn-true');
