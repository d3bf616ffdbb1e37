# A serial device that does not wait: what the other side has not taken in time is lost, as on a UART's wire.
#
# Arguments: a file of whole frames, the length of one. Commands on stdin, each answered with a line of JSON:
#   run BYTES_PER_SECOND SECONDS   sends frames at that rate; how many went out, how many were lost
# The first line on stdout is the name of its pty.
import json
import os
import pty
import sys
import termios
import time
import tty

stream = open(sys.argv[1], "rb").read()
frame = int(sys.argv[2])
# What the adapter and the system's driver hold between them, beside the line's own few KiB.
HELD = 65536

end, line = pty.openpty()
tty.setraw(line)
os.set_blocking(end, False)
print(os.ttyname(line), flush=True)


def run(rate, seconds):
    at = sent = lost = 0
    start = time.monotonic()
    while True:
        now = time.monotonic() - start
        over = now >= seconds
        owed = int(min(now, seconds) * rate) // frame * frame - sent - lost
        if owed > HELD:
            drop = (owed - HELD) // frame * frame
            lost += drop
            owed -= drop
        if owed <= 0:
            if over and sent % frame == 0:
                break
            time.sleep(0.0002)
            continue
        try:
            at %= len(stream)
            count = os.write(end, stream[at : at + min(owed, 4096)])
            at += count
            sent += count
        except BlockingIOError:
            if over and now > seconds + 5:
                lost += owed
                break
            time.sleep(0.0001)
    return {"bytes": sent, "frames": sent // frame, "lost": lost // frame}


for command in sys.stdin:
    words = command.split()
    print(json.dumps(run(float(words[1]), float(words[2]))), flush=True)
