/* Lets Chromium configure a pty that stands in for a USB serial adapter. Preloaded before umockdev's own library,
 * which answers ENOTTY to what it does not know. Line settings, break and flush go to the kernel; the modem lines,
 * which a pty lacks, are kept in a variable, as with a loopback plug: CTS follows RTS, DSR and DCD follow DTR. Both
 * outputs are on at first, as drivers have them when a port is opened. Numbers are those of asm-generic/ioctls.h. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GET_SETTINGS = 0x802C542A, SET_SETTINGS = 0x402C542B, SET_DRAINED = 0x402C542C, SET_FLUSHED = 0x402C542D };
enum { SEND_BREAK = 0x5409, FLUSH = 0x540B, SEND_BREAK_POSIX = 0x5425, EXCLUSIVE = 0x540C, NOT_EXCLUSIVE = 0x540D };
enum { START_BREAK = 0x5427, STOP_BREAK = 0x5428 };
enum { LINES_GET = 0x5415, LINES_ON = 0x5416, LINES_OFF = 0x5417, LINES_SET = 0x5418 };
enum { OUTPUTS = TIOCM_DTR | TIOCM_RTS };

static _Atomic int outputs = OUTPUTS;

static int lines(void) {
    int on = outputs;
    return on | (on & TIOCM_RTS ? TIOCM_CTS : 0) | (on & TIOCM_DTR ? TIOCM_DSR | TIOCM_CAR : 0);
}

static int is_tty(int fd) {
    char settings[64];
    return syscall(SYS_ioctl, fd, GET_SETTINGS, settings) == 0;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);

    switch (request) {
    case GET_SETTINGS: case SET_SETTINGS: case SET_DRAINED: case SET_FLUSHED:
    case SEND_BREAK: case FLUSH: case SEND_BREAK_POSIX: case NOT_EXCLUSIVE:
        return syscall(SYS_ioctl, fd, request, argument);
    case EXCLUSIVE: /* would outlast the browser's close: the device holds its pty open, which no adapter does */
        return 0;
    case START_BREAK: case STOP_BREAK:
        syscall(SYS_ioctl, fd, request, argument); /* a pty refuses; an adapter would not */
        return 0;
    case LINES_GET:
        if (!is_tty(fd)) break;
        *(int *)argument = lines();
        return 0;
    case LINES_SET:
        if (!is_tty(fd)) break;
        outputs = *(int *)argument & OUTPUTS;
        return 0;
    case LINES_ON:
        if (!is_tty(fd)) break;
        outputs |= *(int *)argument & OUTPUTS;
        return 0;
    case LINES_OFF:
        if (!is_tty(fd)) break;
        outputs &= ~*(int *)argument;
        return 0;
    }
    static int (*next)(int, unsigned long, ...);
    if (!next) next = dlsym(RTLD_NEXT, "ioctl");
    return next(fd, request, argument);
}
