#!/usr/bin/python3 -ISE
# Hands a call of the AWS CLI over to aws_cli_server.py, which has loaded it; without that one it runs the CLI itself.
import _socket
import marshal
import os
import sys

REAL = "/usr/lib/lab/aws"


def main():
    umask = os.umask(0)
    os.umask(umask)
    arguments = [os.fsencode(argument) for argument in [REAL, *sys.argv[1:]]]
    call = marshal.dumps((arguments, dict(os.environb), os.getcwdb(), umask))
    try:
        server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        server.connect("/run/lab-aws-cli.sock")
        files = b"".join(file.to_bytes(4, sys.byteorder) for file in (0, 1, 2))
        server.sendmsg([len(call).to_bytes(8, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    except OSError:
        os.execv(REAL, arguments)
    server.sendall(call)
    answer = server.recv(1)
    # Without one the server is dead, and its call with it.
    os._exit(answer[0] if answer else 137)


main()
