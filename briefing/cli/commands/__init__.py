"""The commands, one thin module each: ``configure(parser)`` and ``run(args, context)``."""
