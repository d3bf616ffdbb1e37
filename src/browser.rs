//! Thin wrappers around what the browser offers; the only place, with links and the two ends of the worker
//! boundary, that names browser types.

pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod dom;
pub mod file;
pub mod focus;
pub mod install;
pub mod launch;
pub mod leave;
pub mod parts;
pub mod picture;
pub mod selection;
pub mod settings;
pub mod sight;
pub mod size;
pub mod surroundings;
pub mod text;
pub mod trusted;
pub mod worker;
