"""The Processing plugin of mujun: its commands as algorithms of QGIS."""


def classFactory(iface):
    from .plugin import Plugin
    return Plugin()
