"""A hub on one machine: `jupyterhub -f classroom/hub/jupyterhub_config.py`. A test runs it.

Who may come in is the school's decision: set `authenticator_class` and `allowed_users`, and https.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821 (JupyterHub brings it)

HERE = Path(globals().get("__file__", "classroom/hub/jupyterhub_config.py")).resolve().parent
c.Spawner.cmd = [sys.executable, str(HERE / "start.py")]
c.Spawner.default_url = "/lab/tree/cs231n_lec4/00_start_here.ipynb"
c.Spawner.mem_limit = "600M"  # 210 MB in the middle, 330 MB in notebook 10; not every spawner minds
c.Spawner.environment = {"OPENBLAS_NUM_THREADS": "1"}
c.Spawner.http_timeout = 120  # forty students who come in the same minute wait for each other
c.Spawner.start_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 10
c.JupyterHub.active_server_limit = 60  # for 16 GB
