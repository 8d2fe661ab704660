"""People and organisations: mentions, their clusters, types, roles and salience."""
