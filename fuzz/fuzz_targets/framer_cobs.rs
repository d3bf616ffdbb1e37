#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    codec::check::framer("cobs", data);
    codec::check::wrap("cobs", data)
});
