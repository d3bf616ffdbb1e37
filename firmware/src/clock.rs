//! Milliseconds since the reset, counted by the core's own timer.

use core::ptr::write_volatile;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// System clock after a reset, as QEMU derives it from the reset value of RCC: 200 MHz / 16.
const CLOCK_HZ: u32 = 12_500_000;

/// ARMv7-M Architecture Reference Manual, B3.3, "The system timer, SysTick".
const CONTROL: *mut u32 = 0xE000_E010 as *mut u32;
const RELOAD: *mut u32 = 0xE000_E014 as *mut u32;
const VALUE: *mut u32 = 0xE000_E018 as *mut u32;

static MILLIS: AtomicU32 = AtomicU32::new(0);

/// Begins to count.
pub fn start() {
    // SAFETY: the addresses are those of SysTick on every ARMv7-M; nobody else touches them.
    unsafe {
        write_volatile(RELOAD, CLOCK_HZ / 1000 - 1);
        write_volatile(VALUE, 0);
        write_volatile(CONTROL, 0b111); // processor clock, exception, enable
    }
}

/// Milliseconds since the reset; wraps after 49.7 days.
pub fn millis() -> u32 {
    MILLIS.load(Relaxed)
}

#[cortex_m_rt::exception]
fn SysTick() {
    MILLIS.store(MILLIS.load(Relaxed).wrapping_add(1), Relaxed);
}
