#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    codec::check::framer("fixed", data);
    codec::check::wrap("fixed", data)
});
