//! Reading a WebAssembly module's imports (WebAssembly Core Specification 2.0, section 5.5.5).

/// The imports as "module.name", or why the bytes are no module.
pub(crate) fn imports(module: &[u8]) -> Result<Vec<String>, String> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0").ok_or("not a WebAssembly module, version 1")?;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let section = take(&mut rest, length)?;
        if id == 2 {
            return section_imports(section);
        }
    }
    Ok(Vec::new())
}

fn section_imports(mut section: &[u8]) -> Result<Vec<String>, String> {
    let count = number(&mut section)?;
    let mut found = Vec::new();
    for _ in 0..count {
        let module = name(&mut section)?;
        let field = name(&mut section)?;
        found.push(format!("{module}.{field}"));
        skip_description(&mut section)?;
    }
    Ok(found)
}

/// What kind of import: a function's type, or the type of a table, a memory or a global.
fn skip_description(section: &mut &[u8]) -> Result<(), String> {
    match take(section, 1)? {
        [0] => number(section).map(|_| ()),
        [1] => take(section, 1).and_then(|_| skip_limits(section)),
        [2] => skip_limits(section),
        [3] => take(section, 2).map(|_| ()),
        other => Err(format!("unknown kind of import {other:?}")),
    }
}

fn skip_limits(section: &mut &[u8]) -> Result<(), String> {
    let bounded = take(section, 1)? != [0];
    number(section)?;
    if bounded {
        number(section)?;
    }
    Ok(())
}

fn name(bytes: &mut &[u8]) -> Result<String, String> {
    let length = number(bytes)?;
    Ok(String::from_utf8_lossy(take(bytes, length)?).into_owned())
}

/// An unsigned LEB128 number of at most 32 bits.
fn number(bytes: &mut &[u8]) -> Result<usize, String> {
    let mut value = 0usize;
    for shift in [0, 7, 14, 21, 28] {
        let byte = take(bytes, 1)?.first().copied().unwrap_or_default();
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err("a number has more than five bytes".into())
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Result<&'a [u8], String> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or("the module ends in the middle")?;
    *bytes = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::imports;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn a_module_without_an_import_section_imports_nothing() {
        assert_eq!(imports(HEAD), Ok(vec![]));
        assert!(imports(b"\x7fELF").is_err());
    }

    #[test]
    fn functions_and_memories_are_named() {
        let section = b"\x02\x03env\x03now\x00\x05\x03env\x03mem\x02\x01\x01\x02";
        let module = [HEAD, &[1, 1, 0, 2, u8::try_from(section.len()).unwrap_or(0)], section.as_slice()].concat();
        assert_eq!(imports(&module), Ok(vec!["env.now".into(), "env.mem".into()]));
        assert!(imports(&module[..module.len() - 1]).is_err());
    }
}
