#!/usr/bin/python3
"""instructions.py MUJUN DATA_DIR [--write] : instructions of the bench's job at 2,000 parcels, one thread, counted by callgrind, against instructions.txt.

Fails above +3 % and prints the 15 functions that cost most; below -3 % it asks for the lower number. --write puts the number into the file.
The count does not depend on the load, nor on the processor: glibc and OpenSSL are told to use what every x86-64 has. It does on the compiler and the
libraries, which the file names. Ends with 77 (skipped) where valgrind is not installed or the processor is another."""
import os
import platform
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import tools  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, 'instructions.txt')
TOLERANCE = 0.03
PLAIN = {
    'GLIBC_TUNABLES': 'glibc.cpu.hwcaps=' + ','.join('-' + f for f in (
        'AVX AVX2 AVX512F AVX512VL AVX512BW BMI1 BMI2 LZCNT MOVBE POPCNT ERMS FSRM RTM FMA FMA4 SSSE3 SSE4_1 SSE4_2').split()),
    'OPENSSL_ia32cap': '0x0:0x0', 'LC_ALL': 'C', 'GDAL_DRIVER_PATH': 'disable'}


def count(program, data):
    """Instructions of one run; the file of callgrind."""
    folder = os.path.join(data, 'instructions')
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.symlink(data, os.path.join(folder, 'data'))
    trace = os.path.join(folder, 'callgrind.out')
    command = ['valgrind', '--tool=callgrind', f'--callgrind-out-file={trace}'] + tools.mujun(program, False).prepare(folder) + ['--threads', '1']
    done = subprocess.run(command, cwd=folder, env={**os.environ, **PLAIN}, capture_output=True, text=True, check=False)
    found = re.search(r'Collected : (\d+)', done.stderr)
    if done.returncode or not found:
        sys.exit(f'the job failed under callgrind:\n{done.stderr}')
    return int(found.group(1)), trace


def dearest(trace, rows):
    """The functions that cost most, their own instructions."""
    lines = tools.output(['callgrind_annotate', '--threshold=100', trace]).splitlines()
    return '\n'.join([line for line in lines if re.match(r' *[\d,]+ \(', line)][1:rows + 1])


def libraries():
    """What the count depends on beside mujun."""
    names = ('gcc', 'libc6', 'libgdal32', 'libgeos3.11.1', 'libproj25', 'libsqlite3-0', 'libssl3', 'valgrind')
    return [f'# {line}' for line in tools.output(['dpkg-query', '-W', '-f=${Package} ${Version}\n', *names]).splitlines()]


def main():
    if not shutil.which('valgrind') or platform.machine() != 'x86_64':
        print('skipped: no valgrind, or not an x86-64')
        sys.exit(77)
    total, trace = count(sys.argv[1], os.path.abspath(sys.argv[2]))
    if '--write' in sys.argv:
        with open(KEPT, 'w', encoding='utf-8') as f:
            f.write('\n'.join(['# instructions of the job at 2,000 parcels, one thread (tests/bench/instructions.py --write)', *libraries(), str(total)]) + '\n')
        print(f'{total:,} instructions, written to {KEPT}')
        return
    with open(KEPT, encoding='utf-8') as f:
        lines = f.read().splitlines()
    kept = int(lines[-1])
    change = total / kept - 1
    print(f'{total:,} instructions, kept {kept:,}: {change:+.2%}')
    if change > TOLERANCE:
        print('the functions that cost most:\n' + dearest(trace, 15))
        other = [line for line in libraries() if line not in lines]
        print('other libraries than those of the number kept:\n' + '\n'.join(other) if other else 'the same libraries as those of the number kept')
        sys.exit(f'above +{TOLERANCE:.0%}: make it cheaper, or say why it must cost more and run instructions.py --write')
    if change < -TOLERANCE:
        print(f'below -{TOLERANCE:.0%}: please lower the number, by instructions.py --write')
    shutil.rmtree(os.path.dirname(trace))


main()
