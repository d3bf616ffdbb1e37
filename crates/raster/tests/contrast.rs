//! WCAG 2.2, success criterion 1.4.11: what is needed to understand a graphic has 3:1 on what it lies on. The plot's
//! lines are measured as they are drawn, antialiased, with the colours of the style sheet.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use raster::{Beside, Ends, Lane, Line, Picture, Rgb, Scene};

const TOKENS: &str = include_str!("../../../style/tokens.css");

/// A name of `:root`, in a scheme (0 light, 1 dark), where a later block may say otherwise.
fn token(name: &str, scheme: usize, contrast: bool) -> Rgb {
    let (plain, more) = TOKENS.split_once("[data-contrast=\"more\"] {").unwrap();
    let (_, plain) = plain.split_once(":root {").unwrap();
    let said = |block: &'static str| {
        let (_, rest) = block.split_once(&format!("    {name}:"))?;
        rest.split_once(';').map(|(value, _)| value.trim())
    };
    let value = said(more.split_once('}').unwrap().0).filter(|_| contrast).or_else(|| said(plain)).unwrap();
    if let Some(other) = value.strip_prefix("var(") {
        return token(other.trim_end_matches(')'), scheme, contrast);
    }
    let one = match value.strip_prefix("light-dark(").and_then(|pair| pair.strip_suffix(')')) {
        // The comma between two colours is the one that is followed by a colour.
        Some(pair) => pair.split(", ").nth(scheme).unwrap().trim(),
        None => value,
    };
    let [red, green, blue, _] = csscolorparser::parse(one).unwrap().to_rgba8();
    Rgb([red, green, blue])
}

/// WCAG 2.2, "contrast ratio".
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |rgb: [u8; 3]| {
        let [r, g, b] = rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The contrast of a line's faintest column: the best of its pixels there, since that is what is seen.
fn faintest(ground: Rgb, colour: Rgb, ratio: f64, base: f64, rise: f64) -> f64 {
    const WIDE: usize = 60;
    const TALL: usize = 160;
    let point = |x: i32| Some(Beside { x, value: 20.0 + f64::from(x - 10) * rise, broken: x < 0 });
    let (before, after) = (point(-1), point(WIDE as i32));
    let line = Line { colour, half: 0.75 * ratio, dot: 0.0, dashes: &[], columns: &[], before, after };
    let lanes =
        [Lane { top: 0, bottom: TALL, ends: Ends::new(0.0, 100.0), base, unit: 100.0, across: &[], lines: &[line] }];
    let mut picture = Picture::new();
    picture.show(&Scene {
        width: WIDE,
        height: TALL,
        left: 0,
        foot: TALL,
        thin: 1,
        ground,
        grid: ground,
        from: 0,
        span: WIDE as u64,
        downs: &[],
        lanes: &lanes,
    });
    let at = |x: usize, y: usize| {
        let pixel = &picture.bytes()[(y * WIDE + x) * 4..][..3];
        contrast([pixel[0], pixel[1], pixel[2]], ground.0)
    };
    let column = |x: usize| (0..TALL).map(|y| at(x, y)).fold(1.0, f64::max);
    (0..WIDE).map(column).fold(f64::INFINITY, f64::min)
}

#[test]
fn each_series_stands_out_as_it_is_drawn_in_every_theme() {
    for (theme, scheme, more) in
        [("light", 0, false), ("dark", 1, false), ("high contrast, light", 0, true), ("high contrast, dark", 1, true)]
    {
        let ground = token("--plot-ground", scheme, more);
        for number in 1..=8 {
            let colour = token(&format!("--plot-{number}"), scheme, more);
            for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
                for quarter in 0..8 {
                    for rise in [0.0, 0.4, -0.9] {
                        let base = 90.0 + f64::from(quarter) / 8.0;
                        let found = faintest(ground, colour, ratio, base, rise);
                        assert!(found >= 3.0, "{theme}: --plot-{number} is {found:.2}:1 at {ratio} pixels per px");
                    }
                }
            }
        }
    }
}

#[test]
fn a_ratio_is_what_the_standard_says() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    // The usual example of a grey that is just enough for text on white.
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    assert_eq!(token("--plot-ground", 0, true), Rgb([255; 3]));
}
