//! Pictures of a console have few colours: with a palette they take a third of the room.

use crate::failure::Failure;
use png::{BitDepth, ColorType, Compression, Encoder, Transformations};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

type Colour = [u8; 3];

/// Writes the picture again with a palette of at most 256 colours; its size in bytes.
pub fn reduce(file: &Path) -> Result<u64, Failure> {
    let said = |why: &dyn std::fmt::Display| Failure(format!("{}: {why}", file.display()));
    let mut decoder = png::Decoder::new(BufReader::new(File::open(file)?));
    decoder.set_transformations(Transformations::STRIP_16 | Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(|why| said(&why))?;
    let room = reader.output_buffer_size().ok_or_else(|| said(&"it is too large"))?;
    let mut bytes = vec![0; room];
    let frame = reader.next_frame(&mut bytes).map_err(|why| said(&why))?;
    let step = frame.color_type.samples();
    let pixels: Vec<Colour> = bytes[..frame.buffer_size()].chunks_exact(step).map(|at| [at[0], at[1], at[2]]).collect();
    let (palette, indices) = indexed(&pixels);
    let mut encoder = Encoder::new(BufWriter::new(File::create(file)?), frame.width, frame.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(|why| said(&why))?;
    writer.write_image_data(&indices).map_err(|why| said(&why))?;
    writer.finish().map_err(|why| said(&why))?;
    Ok(std::fs::metadata(file)?.len())
}

/// A palette of the commonest colours, each unlike those before it, and which of them each pixel is nearest to.
fn indexed(pixels: &[Colour]) -> (Vec<Colour>, Vec<u8>) {
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut common: Vec<(Colour, u32)> = counts.into_iter().collect();
    common.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    // The closest that two may be rises until all have room.
    let palette =
        (0..).map(|least| spread(&common, least * 6)).find(|palette| palette.len() <= 256).unwrap_or_default();
    let mut nearest: HashMap<Colour, u8> = HashMap::new();
    let indices = pixels.iter().map(|pixel| {
        *nearest.entry(*pixel).or_insert_with(|| {
            let all = (0u8..=255).zip(&palette);
            all.min_by_key(|(_, colour)| distance(pixel, colour)).map_or(0, |(index, _)| index)
        })
    });
    let indices = indices.collect();
    (palette, indices)
}

fn spread(common: &[(Colour, u32)], least: u32) -> Vec<Colour> {
    let mut palette: Vec<Colour> = Vec::new();
    for (colour, _) in common {
        if palette.len() <= 256 && palette.iter().all(|known| distance(known, colour) > least) {
            palette.push(*colour);
        }
    }
    palette
}

fn distance(one: &Colour, other: &Colour) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
}
