#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    codec::check::framer("length", data);
    codec::check::wrap("length", data)
});
