"""gunicorn's options for the bare view: those of `cms/serve.py`, which a test compares."""

workers = 1
worker_class = "gthread"
threads = 8
timeout = 120
keepalive = 5
control_socket_disable = True
loglevel = "warning"
