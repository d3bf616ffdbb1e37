//! serve, test, bench.
fn main() {}
