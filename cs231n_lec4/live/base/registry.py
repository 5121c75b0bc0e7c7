"""Which views are alive, by kind and cell. A cell that runs again closes what it made before."""

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
