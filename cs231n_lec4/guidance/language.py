"""Which language the package speaks."""

from .. import words
from .errors import one_of


def language(code):
    """Speak this language, in messages, pictures and views made afterwards (not in the lecture).

    `code` is the name of a folder in `words/`, for example "en". Raises GraphError for any other.
    The environment variable CS231N_LANGUAGE does the same for a whole session.
    """
    words.speak(one_of(words.LANGUAGES, code, "unknown_language", language=code))
