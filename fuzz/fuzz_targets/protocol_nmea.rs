#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| codec::check::protocol("nmea", data));
