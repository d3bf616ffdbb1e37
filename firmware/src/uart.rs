//! UART0 of the LM3S6965 (Luminary Micro LM3S6965 Microcontroller Data Sheet, "Universal Asynchronous Receivers/
//! Transmitters"), an ARM PL011: 115,200 baud, 8 data bits, no parity, 1 stop bit.

use core::ptr::{read_volatile, write_volatile};

const CLOCK_GATES: [(*mut u32, u32); 2] = [
    (0x400F_E104 as *mut u32, 1 << 0), // RCGC1: UART0
    (0x400F_E108 as *mut u32, 1 << 0), // RCGC2: GPIO port A
];
const PORT_A_ALTERNATE: *mut u32 = 0x4000_4420 as *mut u32;
const PORT_A_DIGITAL: *mut u32 = 0x4000_451C as *mut u32;
const UART0: usize = 0x4000_C000;
const DATA: *mut u32 = UART0 as *mut u32;
const FLAGS: *const u32 = (UART0 + 0x18) as *const u32;
const DIVISOR: *mut u32 = (UART0 + 0x24) as *mut u32;
const DIVISOR_64THS: *mut u32 = (UART0 + 0x28) as *mut u32;
const LINE: *mut u32 = (UART0 + 0x2C) as *mut u32;
const CONTROL: *mut u32 = (UART0 + 0x30) as *mut u32;

const RECEIVE_EMPTY: u32 = 1 << 4;
const TRANSMIT_FULL: u32 = 1 << 5;

/// The serial port.
pub struct Uart(());

impl Uart {
    /// Sets it up. There is one; the caller makes it once.
    pub fn new() -> Self {
        // SAFETY: the addresses are those of the data sheet; nobody else touches them, and no interrupt does.
        unsafe {
            for (gate, bit) in CLOCK_GATES {
                write_volatile(gate, read_volatile(gate) | bit);
            }
            write_volatile(PORT_A_ALTERNATE, read_volatile(PORT_A_ALTERNATE) | 0b11);
            write_volatile(PORT_A_DIGITAL, read_volatile(PORT_A_DIGITAL) | 0b11);
            write_volatile(CONTROL, 0);
            // 12.5 MHz / (16 x 115,200) = 6 + 50/64
            write_volatile(DIVISOR, 6);
            write_volatile(DIVISOR_64THS, 50);
            write_volatile(LINE, 0x70); // 8 bits, queues on
            write_volatile(CONTROL, 0x301); // receive, transmit, enable
        }
        Self(())
    }

    /// A received byte, if there is one.
    pub fn read(&mut self) -> Option<u8> {
        // SAFETY: as in `new`.
        unsafe {
            let empty = read_volatile(FLAGS) & RECEIVE_EMPTY != 0;
            (!empty).then(|| read_volatile(DATA).to_le_bytes()[0])
        }
    }

    /// Sends a byte, as soon as there is room for it.
    pub fn write(&mut self, byte: u8) {
        // SAFETY: as in `new`.
        unsafe {
            while read_volatile(FLAGS) & TRANSMIT_FULL != 0 {}
            write_volatile(DATA, u32::from(byte));
        }
    }
}
