"""browser.py: a page in headless Chromium, for the tests. Importing it ends with 77 where that is not installed."""
import base64
import json
import os
import shutil
import sys
import tempfile
import time

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select
except ImportError:
    print('skipped: python3-selenium is not installed')
    sys.exit(77)
chromium = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
driver = shutil.which('chromedriver')
if not chromium or not driver:
    print('skipped: Chromium or its driver is not installed')
    sys.exit(77)

FLAGS = ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']


class Page:
    """One page, opened from its file, until everything of it stands."""

    def __init__(self, path, width=1440, height=1000, script=True, wait='all'):
        self.url = 'file://' + os.path.abspath(path)
        self.profile = tempfile.mkdtemp(prefix='mujun-browser-')
        options = Options()
        options.binary_location = chromium
        for flag in FLAGS + (['--no-sandbox'] if os.geteuid() == 0 else []) + [f'--user-data-dir={self.profile}', f'--window-size={width},{height}']:
            options.add_argument(flag)
        if not script:
            options.add_experimental_option('prefs', {'profile.managed_default_content_settings.javascript': 2})
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL', 'performance': 'ALL'})
        self.driver = webdriver.Chrome(service=Service(driver), options=options)
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': width < 500})
        self.console = []
        self.driver.get(self.url)
        end = time.time() + 60
        while script and time.time() < end and self.run('return document.documentElement.dataset.ready') != wait:
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def run(self, script, *about):
        return self.driver.execute_script(script, *about)

    def interactive_ms(self):
        """From the start of the navigation to the frame behind the one that shows the map."""
        return int(self.run('return document.documentElement.dataset.interactive') or 1e9)

    def find(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def text(self, css):
        return self.run('return document.querySelector(arguments[0]).textContent', css)

    def click(self, css):
        self.run('document.querySelector(arguments[0]).scrollIntoView({block: "center", behavior: "instant"})', css)
        self.find(css).click()
        time.sleep(0.2)

    def type(self, css, text):
        box = self.find(css)
        box.clear()
        box.send_keys(text)
        time.sleep(0.2)

    def keys(self, css, *names):
        self.find(css).send_keys(*[getattr(Keys, n.upper(), n) for n in names])
        time.sleep(0.2)

    def key(self, name):
        ActionChains(self.driver).send_keys({'Escape': Keys.ESCAPE, 'Tab': Keys.TAB, 'ArrowDown': Keys.ARROW_DOWN, 'Enter': Keys.ENTER}[name]).perform()
        time.sleep(0.2)

    def select(self, css, value):
        Select(self.find(css)).select_by_value(value)
        time.sleep(0.2)

    def errors(self):
        """What the console said: errors and violations of the page's own policy."""
        self.console += [entry['message'] for entry in self.driver.get_log('browser') if entry['level'] in ('SEVERE', 'WARNING')]
        return self.console

    def requests(self):
        """Addresses that were asked for, but the page's own."""
        out = []
        for entry in self.driver.get_log('performance'):
            event = json.loads(entry['message'])['message']
            if event['method'] == 'Network.requestWillBeSent':
                url = event['params']['request']['url']
                if url != self.url and not url.startswith(('data:', 'chrome:', 'about:')):
                    out.append(url)
        return out

    def click_at(self, x, y):
        """A click of the mouse at a place of the window."""
        for kind in ('mouseMoved', 'mousePressed', 'mouseReleased'):
            self.driver.execute_cdp_cmd('Input.dispatchMouseEvent', {'type': kind, 'x': x, 'y': y, 'button': 'none' if kind == 'mouseMoved' else 'left', 'clickCount': 1})
        time.sleep(0.3)

    def source_text(self):
        """What a reader sees; also without JavaScript."""
        return self.find('body').text

    def pdf(self, path):
        data = self.driver.execute_cdp_cmd('Page.printToPDF', {'preferCSSPageSize': True, 'printBackground': True})['data']
        with open(path, 'wb') as f:
            f.write(base64.b64decode(data))

    def picture(self, path):
        self.driver.get_screenshot_as_file(path)
