"""Runs Debian's own AWS CLI for aws_cli_client.py, each call in a process that is forked off this one, which has loaded it.

A call has its caller's arguments, environment, folder, umask and first three files. When its caller dies, so does it.
"""

import array
import gc
import importlib
import marshal
import os
import select
import signal
import socket
import sys
import traceback

import awscli
import awscli.clidriver
import awscli.customizations.s3.subcommands  # noqa: F401
import awscli.handlers  # noqa: F401
from botocore.loaders import JSONFileLoader

FILES = 3
SERVICES = "s3", "secretsmanager", "ssm"


def load():
    """Reads what describes the services once, and leaves nothing for a call's garbage collector to look through."""
    read, files = JSONFileLoader.load_file, {}

    def load_file(loader, path):
        if path not in files:
            files[path] = read(loader, path)
        return files[path]

    JSONFileLoader.load_file = load_file
    session = awscli.clidriver.create_clidriver().session
    for service in SERVICES:
        # Nothing is sent with them: these keys only keep it from looking for others.
        session.create_client(service, "us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    gc.collect()
    gc.freeze()
    gc.disable()


def serve(listener):
    # Nobody waits for those who answer: each waits for its own call.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer(connection)
            os._exit(0)
        connection.close()


def answer(connection):
    files, call = receive(connection)
    worker = os.fork()
    if worker == 0:
        connection.close()
        os.setpgid(0, 0)
        os._exit(run(files, *marshal.loads(call)))
    for file in files:
        os.close(file)
    ended = os.pidfd_open(worker)
    ready, _, _ = select.select([connection, ended], [], [])
    if ended not in ready:
        os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    if ended in ready:
        code = os.waitstatus_to_exitcode(status)
        connection.sendall(bytes([code if code >= 0 else 128 - code]))


def receive(connection):
    """The files and the rest: its length in eight bytes, then that many."""
    data, ancillary, _, _ = connection.recvmsg(8, socket.CMSG_SPACE(FILES * array.array("i").itemsize))
    files = array.array("i")
    files.frombytes(ancillary[0][2])
    length = int.from_bytes(data, "big")
    call = b""
    while len(call) < length:
        part = connection.recv(length - len(call))
        if not part:
            os._exit(0)
        call += part
    return files, call


def run(files, arguments, environment, folder, umask):
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.umask(umask)
    os.environb.clear()
    os.environb.update(environment)
    sys.argv = [os.fsdecode(argument) for argument in arguments]
    # It puts the place of its data into the environment when it is loaded.
    importlib.reload(awscli)
    try:
        code = awscli.clidriver.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 120
    return code


load()
# The listening socket is systemd's.
serve(socket.socket(fileno=3))
