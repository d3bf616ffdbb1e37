//! A canvas as a file, with a title and a legend.

use super::canvas::{self, Canvas};
use super::file;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Room for the title above and the legend below, in CSS pixels.
const TITLE: f64 = 30.0;
const ROW: f64 = 20.0;

/// A series in a legend.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub word: String,
    /// The name of the custom property with its colour.
    pub colour: String,
    /// Its dashes, in CSS pixels.
    pub dashes: &'static [f64],
}

/// Saves what a canvas shows as a PNG, with a title above and the series' names, colours and dashes below. Whether the
/// browser could begin.
pub fn save(source: &web_sys::HtmlCanvasElement, title: &str, legend: &[Entry], name: &str) -> bool {
    let ratio = canvas::ratio();
    // As large as it was painted: fitted to a page that has changed since, it would be blank.
    let [wide, high] = [source.width(), source.height()].map(|pixels| f64::from(pixels) / ratio);
    if wide < 1.0 || high < 1.0 {
        return false;
    }
    let Some(shown) = Canvas::of(source, wide, high, ratio) else { return false };
    let font = shown.token("--font");
    shown.font(&format!("12px {font}"));
    // Entries side by side, in as many rows as they need.
    let mut rows: Vec<Vec<(f64, usize)>> = vec![Vec::new()];
    let mut x = 12.0;
    for (index, entry) in legend.iter().enumerate() {
        let wide = shown.text_width(&entry.word) + 46.0;
        if x + wide > shown.width && x > 12.0 {
            rows.push(Vec::new());
            x = 12.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((x, index));
        }
        x += wide;
    }
    let height = TITLE + shown.height + 10.0 + ROW * rows.len() as f64;
    let Some(element) = blank((shown.width * ratio).round(), (height * ratio).round()) else { return false };
    let Some(to) = Canvas::of(&element, shown.width, height, ratio) else { return false };
    to.rect(0.0, 0.0, shown.width, height, &shown.token("--plot-ground"));
    to.font(&format!("600 13px {font}"));
    to.text(title, 12.0, TITLE / 2.0, &shown.token("--ink"), "start");
    to.copy(source, 0.0, TITLE);
    to.font(&format!("12px {font}"));
    for (row, y) in rows.iter().zip(0u8..) {
        let y = TITLE + shown.height + 5.0 + ROW * (f64::from(y) + 0.5);
        for (x, index) in row {
            if let Some(Entry { word, colour, dashes }) = legend.get(*index) {
                to.lines([[*x, y, x + 18.0, y]], &shown.token(colour), 2.0, dashes);
                to.text(word, x + 24.0, y, &shown.token("--ink"), "start");
            }
        }
    }
    let name = name.to_owned();
    let made = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        if let Some(blob) = blob {
            file::save_blob(&name, &blob);
        }
    });
    element.to_blob(made.unchecked_ref()).is_ok()
}

fn blank(wide: f64, high: f64) -> Option<web_sys::HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let element = document.create_element("canvas").ok()?.dyn_into::<web_sys::HtmlCanvasElement>().ok()?;
    element.set_width(wide as u32);
    element.set_height(high as u32);
    Some(element)
}
