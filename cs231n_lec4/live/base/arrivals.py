"""Messages of a browser: one at a time, and the newest wins.

A kernel with subshells may handle two messages of one browser on two threads, at the same time or
in the wrong order: the first ones on the main thread, until the widget has answered, later ones on
the subshell. Without care a slider would end at an older place than the hand left it at.
"""

import threading


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
