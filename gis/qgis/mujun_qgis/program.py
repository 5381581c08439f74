"""The program mujun: where it is, what it says of itself, and a run of it."""
import json
import os
import queue
import re
import shlex
import shutil
import signal
import subprocess
import threading

from qgis.core import QgsProcessingException, QgsSettings

from .words import language, word

SETTING = 'MUJUN_PROGRAM'
# what a run calls its files before they have their final names, see temp_path in src/report/folder.c
TEMPORARY = re.compile(r'^\..*\.tmp[.-][0-9a-f]{16}(\.|-|$)')
HERE = os.path.dirname(os.path.abspath(__file__))


def without_window():
    """Windows opens a console for every program unless told not to."""
    return {'creationflags': subprocess.CREATE_NO_WINDOW} if os.name == 'nt' else {}


def environment():
    """The program speaks as QGIS does, unless park.yaml or --lang say otherwise."""
    return dict(os.environ, LC_ALL='zh_CN.UTF-8' if language() == 'zh' else 'en_US.UTF-8')


def found():
    """(path, None), or (path or None, why it cannot be used). A place that was named is not passed over in silence."""
    named = str(QgsSettings().value('Processing/Configuration/' + SETTING, '') or '').strip() or os.environ.get('MUJUN', '').strip()
    if named:
        path = shutil.which(os.path.expanduser(named))
        return (path, None) if path else (named, word('bad program', path=named, why=word('not executable')))
    path = shutil.which('mujun')
    return (path, None) if path else (None, word('no program'))


def shipped_usage():
    """What --json-usage said when the plugin was made."""
    with open(os.path.join(HERE, f'usage.{language()}.json'), encoding='utf-8') as f:
        return json.load(f)


class Program:
    """What is known of the program; usage is the shipped one where it cannot be asked."""

    def __init__(self):
        self.made_for = None
        self.usage = shipped_usage()
        self.made_for = self.usage['version']
        self.version = None
        self.path, self.problem = found()
        if not self.problem:
            self.ask()

    def ask(self):
        try:
            answer = subprocess.run([self.path, '--json-usage', '--lang', language()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, timeout=20, check=True, **without_window()).stdout
            usage = json.loads(answer.decode('utf-8'))
            if usage['name'] != 'mujun':
                raise ValueError(usage['name'])
            self.usage, self.version = usage, usage['version']
        except OSError as e:
            self.problem = word('bad program', path=self.path, why=e.strerror or str(e))
        except (subprocess.SubprocessError, ValueError, KeyError, TypeError):
            self.problem = word('bad program', path=self.path, why=word('no usage'))

    def command(self, name):
        """(what the command takes, why it cannot be run or None)."""
        for c in self.usage['commands']:
            if c['name'] == name:
                return c, self.problem
        why = self.problem or word('no command', path=self.path, version=self.version, command=name)
        return next(c for c in shipped_usage()['commands'] if c['name'] == name), why

    def doubt(self):
        """A sentence where program and plugin are of different versions."""
        if self.version and self.version != self.made_for:
            return word('other version', path=self.path, version=self.version, made=self.made_for)
        return None

    def run(self, arguments, feedback, folder=None):
        """Run it to its end with progress, warnings and errors as they come; returns the event "done".
        folder: where it writes; what a cancelled run leaves there is taken away."""
        return Run(self.path, arguments, feedback, folder).result()


def names_in(folder):
    """Names in the folder and its tables/, as far as they are there."""
    names = set()
    for below in ('', 'tables'):
        try:
            names.update(os.path.join(below, n) for n in os.listdir(os.path.join(folder, below)))
        except OSError:
            pass
    return names


class Run:
    def __init__(self, path, arguments, feedback, folder):
        self.feedback, self.folder = feedback, folder
        self.was_there = bool(folder) and os.path.isdir(folder)
        self.before = names_in(folder) if folder else set()
        self.error, self.done, self.stage = None, {}, None
        feedback.pushCommandInfo(' '.join(shlex.quote(a) for a in [path] + arguments))
        try:
            self.process = subprocess.Popen([path] + arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                            env=environment(), **without_window())
        except OSError as e:
            raise QgsProcessingException(word('bad program', path=path, why=e.strerror or str(e)))
        self.lines = queue.Queue()
        self.readers = [threading.Thread(target=self.read, args=(stream, take), daemon=True)
                        for stream, take in ((self.process.stdout, feedback.pushInfo), (self.process.stderr, self.event))]
        for reader in self.readers:
            reader.start()

    def read(self, stream, take):
        for line in stream:
            self.lines.put((take, line.decode('utf-8', 'replace').rstrip('\r\n')))
        self.lines.put((None, None))

    def result(self):
        """Lines are taken in this thread, which is the one that may speak to the feedback."""
        open_streams = len(self.readers)
        while open_streams:
            if self.feedback.isCanceled():
                self.stop()
                raise QgsProcessingException(word('cancelled'))
            try:
                take, line = self.lines.get(timeout=0.1)
            except queue.Empty:
                continue
            if take is None:
                open_streams -= 1
            else:
                take(line)
        code = self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        if code:
            raise QgsProcessingException(self.error or (word('killed', code=-code) if code < 0 else word('ended', code=code)))
        self.feedback.setProgress(100)
        return self.done

    def event(self, line):
        try:
            e = json.loads(line)
            kind = e['event']
        except (ValueError, KeyError, TypeError):
            said = line[7:] if line.startswith('mujun: ') else None
            self.error = said or line  # a program that says why in plain words
            (self.feedback.pushWarning if said else self.feedback.pushConsoleInfo)(self.error)
            return
        if kind == 'progress':
            self.progress(e)
        elif kind == 'warning':
            self.feedback.pushWarning(word('warning', message=e.get('message', ''), code=e.get('code', ''), count=e.get('count', 1)))
        elif kind == 'error':
            self.error = e.get('message', line)
        elif kind == 'done':
            self.done = e
            self.feedback.pushInfo(word('done', set_aside=e.get('set_aside', 0), warnings=e.get('warnings', 0), notes=e.get('notes', 0)))

    def progress(self, e):
        if e.get('label') != self.stage:
            self.stage = e.get('label')
            self.feedback.setProgressText(str(self.stage))
        if 'fraction' in e:
            self.feedback.setProgress(100 * float(e['fraction']))

    def stop(self):
        """End the program and take away what it had begun: it gives files their names only when all are written."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if not self.folder:
            return
        for name in names_in(self.folder) - self.before:
            if TEMPORARY.match(os.path.basename(name)):
                os.unlink(os.path.join(self.folder, name))
        for made, below in (('tables' not in self.before, 'tables'), (not self.was_there, '')):
            try:
                if made:
                    os.rmdir(os.path.join(self.folder, below))
            except OSError:
                pass  # not there, or somebody's files are in it
