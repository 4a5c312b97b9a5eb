"""Moving in: a town's old website, as a feed or a WordPress export, becomes draft messages.

`parse.read` turns foreign bytes into `foreign.ForeignItem`s: pure, no database, no network.
"""
