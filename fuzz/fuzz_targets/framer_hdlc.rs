#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    codec::check::framer("hdlc", data);
    codec::check::wrap("hdlc", data)
});
