//! Check sequences under their catalogue names, chosen at run time.
//!
//! Firmware knows its algorithm when it is compiled and needs no table of names: it takes [`Crc`] and one
//! of the constants of [`algorithm`] (`Crc::<u16>::new(&algorithm::CRC_16_IBM_3740)`).

#[cfg(feature = "alloc")]
mod abreast;
#[cfg(feature = "alloc")]
mod catalogue;
#[cfg(feature = "alloc")]
mod named;
#[cfg(feature = "alloc")]
mod sliced;
#[cfg(feature = "alloc")]
mod sums;

/// The parameters of every algorithm, as constants.
pub use crc as algorithm;
pub use crc::Crc;
#[cfg(feature = "alloc")]
pub use named::Checksum;
#[cfg(feature = "alloc")]
pub(crate) use named::written;

#[cfg(feature = "alloc")]
#[derive(Clone, Copy)]
enum Model {
    W8(&'static crc::Algorithm<u8>),
    W16(&'static crc::Algorithm<u16>),
    W32(&'static crc::Algorithm<u32>),
    W64(&'static crc::Algorithm<u64>),
    W128(&'static crc::Algorithm<u128>),
}
