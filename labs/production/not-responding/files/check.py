"""Tells whether the desk is well: exit code 0 when its port can be reached from inside."""
import os
import socket

socket.create_connection(("127.0.0.1", int(os.environ["DESK_LISTEN"].rsplit(":", 1)[1])), 2)
