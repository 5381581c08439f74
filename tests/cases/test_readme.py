#!/usr/bin/python3
"""test_readme.py MUJUN SOURCE: the table that README.md shows is what the sample park gives."""
import os
import subprocess
import sys
import tempfile

MUJUN, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
readme = open(os.path.join(SOURCE, 'README.md'), encoding='utf-8').read()
shown = readme.split('The first ends with this table')[1].split('```\n')[1]
with tempfile.TemporaryDirectory() as d:
    run = subprocess.run([MUJUN, 'analyze', os.path.join(SOURCE, 'samples/park/park.yaml'), '-o', os.path.join(d, 'out'), '--only', 'csv', '--lang', 'en'],
                         capture_output=True, text=True, check=True)
said = run.stdout.split('Results:')[0]
if said != shown:
    sys.exit('README.md shows another table than the sample gives:\n' + said)
sys.path.insert(0, os.path.join(SOURCE, 'tests/cases/intake'))
import cases  # noqa: E402
if f'* {len(cases.ALL)} dirty inputs' not in readme:
    sys.exit(f'README.md counts other dirty inputs than the {len(cases.ALL)} there are')
