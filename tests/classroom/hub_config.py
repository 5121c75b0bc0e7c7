"""The hub of the test: ours, with anybody let in, homes in a folder, and ports of its own."""

import os

c = get_config()  # noqa: F821

load_subconfig(os.environ["HUB_CONFIG"])  # noqa: F821
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.environ["HUB_HOMES"] + "/{username}"
c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['HUB_PORT']}"
c.JupyterHub.hub_port = int(os.environ["HUB_INNER_PORT"])
c.ConfigurableHTTPProxy.command = os.environ["HUB_PROXY"].split()
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['HUB_API_PORT']}"
c.JupyterHub.services = [{"name": "test", "api_token": os.environ["HUB_TOKEN"]}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{"name": "test", "services": ["test"], "scopes": scopes}]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []  # in a container
