"""What a kernel brings about: cells run again, and messages of a browser come on two threads.

Which views are alive, by kind and cell: a cell that runs again closes what it made before.

Messages come one at a time, and the newest wins. A kernel with subshells may handle two messages of
one browser on two threads, at the same time or in the wrong order: the first ones on the main
thread, until the widget has answered, later ones on the subshell. Without care a slider would end
at an older place than the hand left it at.
"""

import threading

from IPython import get_ipython

_alive = {}


def keep(kind, view):
    """Remember a view of this cell, and close those of the cell's earlier runs."""
    cell, run = this_cell()
    run_before, views = _alive.get((kind, cell), (run, []))
    if run_before != run:
        for old in views:
            old.close()
        views = []
    _alive[kind, cell] = run, [*views, view]


def forget(view):
    """A view that was closed is kept no longer."""
    for key, (run, views) in list(_alive.items()):
        _alive[key] = run, [other for other in views if other is not view]
        if not _alive[key][1]:
            del _alive[key]


def alive():
    """Every view that lives now, in the order of their making."""
    return [view for _, views in list(_alive.values()) for view in views]


def this_cell():
    """What tells the running cell from others, and this run of it from its other runs."""
    shell = get_ipython()
    if shell is None:
        return None, None
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId") or parent.get("content", {}).get("code")
    return cell, parent.get("header", {}).get("msg_id", shell.execution_count)


class Arrivals:
    """Which keys of a message are newer than all that came before.

    Dates are those that the browser wrote into its messages, so they are compared only with dates
    of the same browser.
    """

    def __init__(self):
        self._one_at_a_time = threading.RLock()
        self._newest = {}  # (session, key): date
        self._header = {}

    def handle(self, message, then):
        """Call `then(message)` while no other thread handles a message."""
        with self._one_at_a_time:
            self._header = message.get("header") or {}
            try:
                then(message)
            finally:
                self._header = {}

    def is_newest(self, key):
        """False where a newer message has already set this key."""
        session, date = self._header.get("session"), self._header.get("date")
        if date is None:
            return True
        newest = self._newest.setdefault((session, key), date)
        self._newest[session, key] = max(newest, date)
        return date >= newest
