# A system with two USB serial adapters, as far as the browser started inside it can tell.
#
# Run under umockdev-wrapper with the interpreter that has GObject introspection (Debian's /usr/bin/python3).
# Arguments: the preloaded shim, then the command that starts the browser.
# Commands on stdin, each answered with a line on stdout:
#   plug N PTY    adapter N (0 or 1) appears, and PTY is its line
#   unplug N      adapter N disappears
#   start         starts the browser
# The end of stdin ends the browser and the rig.
import os
import subprocess
import sys

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev

HERE = os.path.dirname(os.path.abspath(__file__))
SYSFS = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-{0}/1-{0}:1.0/tty/ttyACM{1}"

testbed = UMockdev.Testbed.new()
root = os.environ.get("UMOCKDEV_DIR") or testbed.get_root_dir()
os.makedirs(root + "/proc/tty", exist_ok=True)
os.makedirs(root + "/dev", exist_ok=True)
# Chromium lists a tty only when its major number stands here.
with open("/proc/tty/drivers") as real, open(root + "/proc/tty/drivers", "w") as drivers:
    drivers.write(real.read() + "acm                  /dev/ttyACM    166 0-255 serial\n")

with open(HERE + "/adapters.umockdev") as text:
    blocks = text.read().split("\n\n")
adapters = ["\n\n".join(blocks[:3]) + "\n", "\n\n".join(blocks[3:]) + "\n"]
known = set()
browser = None


def node(number):
    return "%s/dev/ttyACM%d" % (root, number)


def plug(number, line):
    # No device node of umockdev's making: that would answer every ioctl with ENOTTY.
    if os.path.lexists(node(number)):
        os.unlink(node(number))
    os.symlink(line, node(number))
    if number in known:
        testbed.uevent(SYSFS.format(number + 1, number), "add")
    else:
        # This says "add" by itself; a second one would be a second port on the same line.
        testbed.add_from_string(adapters[number])
        known.add(number)


def unplug(number):
    testbed.uevent(SYSFS.format(number + 1, number), "remove")
    os.unlink(node(number))


print("ready", flush=True)
for command in sys.stdin:
    words = command.split()
    try:
        if words[0] == "plug":
            plug(int(words[1]), words[2])
        elif words[0] == "unplug":
            unplug(int(words[1]))
        elif words[0] == "start":
            # Where the tests run as root, the browser is without the right to override another program's exclusive hold of
            # a line, as it is for everybody else.
            as_others = ["setpriv", "--bounding-set=-sys_admin"] if os.geteuid() == 0 else []
            preload = sys.argv[1] + ":" + os.environ.get("LD_PRELOAD", "")
            browser = subprocess.Popen(
                as_others + sys.argv[2:],
                env=dict(os.environ, UMOCKDEV_DIR=root, LD_PRELOAD=preload),
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                stderr=sys.stderr,
            )
        else:
            raise ValueError("no such command")
        print("ok", flush=True)
    except Exception as why:
        print("error %s" % why, flush=True)

if browser:
    browser.terminate()
    try:
        browser.wait(10)
    except subprocess.TimeoutExpired:
        browser.kill()
