"""What a command costs, its children included: wall and CPU seconds, peak memory, bytes read and written. No tracer: the kernel's own accounts.

Bytes are those of read and write calls (rchar, wchar of /proc/PID/io), also when the cache answers; mapped files and sockets do not count.
A peer whose work is done by a server (PostGIS) names the server's process: what that and its children used meanwhile is added, and memory is then
the greatest sum seen every 10 ms of what the processes own alone, and the largest shared part once."""
import collections
import os
import subprocess
import threading
import time

Cost = collections.namedtuple('Cost', 'wall cpu peak_mb read_mb written_mb')
TICK, PAGE = os.sysconf('SC_CLK_TCK'), os.sysconf('SC_PAGE_SIZE')


class Failed(Exception):
    """The command ended with an error; the text says which."""


def words(path):
    """The words of a small file of /proc, none when the process is gone."""
    try:
        with open(path, encoding='utf-8') as f:
            return f.read().split()
    except OSError:
        return []


def tree(pid):
    """pid and all that descend from it, now."""
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += [int(child) for child in words(f'/proc/{found[-1]}/task/{found[-1]}/children')]
    return found


def moved(pid):
    """Bytes that a process and its children that have ended read and wrote."""
    w = words(f'/proc/{pid}/io')
    return (int(w[1]), int(w[3])) if w else (0, 0)


def spent(pid):
    """CPU seconds of a process and its children that have ended, to 0.01 s."""
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as f:
            fields = f.read().rsplit(')', 1)[1].split()  # a name may hold blanks
    except OSError:
        return 0
    return sum(int(n) for n in fields[11:15]) / TICK


def account(pid):
    """CPU seconds, bytes read, bytes written of all processes below pid, those that have ended too."""
    total = [0, 0, 0]
    for p in tree(pid):
        for i, n in enumerate((spent(p), *moved(p))):
            total[i] += n
    return total


def held(pids):
    """Bytes of memory: what each owns alone, and the largest shared part."""
    own, shared = 0, 0
    for pid in pids:
        w = words(f'/proc/{pid}/statm')
        if w:
            own, shared = own + int(w[1]) - int(w[2]), max(shared, int(w[2]))
    return (own + shared) * PAGE


def watch(pids, done, peak):
    """Keeps the greatest memory of the trees of pids in peak[0] until done is set."""
    while not done.wait(0.01):
        peak[0] = max(peak[0], held([p for pid in pids for p in tree(pid)]))


def run(command, folder, server=None, env=None, log=None):
    """The Cost of a command run in folder; Failed when it ends with another code than 0. What it prints goes to the file log."""
    before, peak, done = account(server) if server else None, [0], threading.Event()
    with open(log or os.devnull, 'w', encoding='utf-8') as sink:
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})
        if server:
            watcher = threading.Thread(target=watch, args=([child.pid, server], done, peak))
            watcher.start()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - start
    read, written = moved(child.pid)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu, peak_bytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
    if server:
        done.set()
        watcher.join()
        after = account(server)
        cpu, read, written = (n + b - a for n, a, b in zip((cpu, read, written), before, after))
        peak_bytes = peak[0]
    if child.returncode:
        raise Failed(f'ended with {child.returncode}')
    return Cost(wall, cpu, peak_bytes / 2**20, read / 1e6, written / 1e6)
