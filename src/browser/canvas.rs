//! A two-dimensional canvas, sharp on any screen. It is measured in CSS pixels where text has its usual size, else in such
//! that grow with the text: all that stands beside text keeps its room.

use super::text;
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast as _;

/// A canvas ready to be painted.
pub struct Canvas {
    context: web_sys::CanvasRenderingContext2d,
    element: web_sys::HtmlCanvasElement,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The screen's pixels for each of its own.
    ratio: f64,
}

impl Canvas {
    /// Takes an element and fits its pixels to its size on the screen. `None` while it has no size, or the browser
    /// lends no context.
    #[must_use]
    pub fn fit(element: &web_sys::HtmlCanvasElement) -> Option<Canvas> {
        let (width, height) = (units(element.client_width()), units(element.client_height()));
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let ratio = ratio();
        let (wide, high) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
        if element.width() != wide {
            element.set_width(wide);
        }
        if element.height() != high {
            element.set_height(high);
        }
        Canvas::of(element, width, height, ratio)
    }

    /// Takes an element as it is: so many pixels, of so many of the screen's each.
    #[must_use]
    pub fn of(element: &web_sys::HtmlCanvasElement, width: f64, height: f64, ratio: f64) -> Option<Canvas> {
        let context = element.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        Some(Canvas { context, element: element.clone(), width, height, ratio })
    }

    /// Draws what another canvas shows, in its own size, at a place.
    pub fn copy(&self, from: &web_sys::HtmlCanvasElement, x: f64, y: f64) {
        let (wide, high) = (f64::from(from.width()) / self.ratio, f64::from(from.height()) / self.ratio);
        let _ = self.context.draw_image_with_html_canvas_element_and_dw_and_dh(from, x, y, wide, high);
    }

    /// Fills many small rectangles of one colour, each by its left upper corner.
    pub fn rects(&self, corners: impl IntoIterator<Item = (f64, f64)>, (wide, high): (f64, f64), colour: &str) {
        self.context.begin_path();
        for (x, y) in corners {
            self.context.rect(x, y, wide, high);
        }
        self.context.set_fill_style_str(colour);
        self.context.fill();
    }

    /// The value of a custom property where the canvas stands: a colour, resolved for the scheme in force.
    #[must_use]
    pub fn token(&self, name: &str) -> String {
        web_sys::window()
            .and_then(|window| window.get_computed_style(&self.element).ok().flatten())
            .and_then(|style| style.get_property_value(name).ok())
            .unwrap_or_default()
    }

    /// A CSS colour as red, green and blue; each is found out once.
    #[must_use]
    pub fn rgb(&self, colour: &str) -> [u8; 3] {
        thread_local! {
            static KNOWN: RefCell<BTreeMap<String, [u8; 3]>> = const { RefCell::new(BTreeMap::new()) };
        }
        KNOWN.with_borrow_mut(|known| match known.get(colour) {
            Some(rgb) => *rgb,
            None => *known.entry(colour.to_owned()).or_insert(painted(colour).unwrap_or_default()),
        })
    }

    /// The screen's pixels of the whole canvas, across and down.
    #[must_use]
    pub fn pixels(&self) -> (usize, usize) {
        (self.element.width() as usize, self.element.height() as usize)
    }

    /// The screen's pixels for each of the canvas'.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ratio
    }

    /// Puts a picture in place of everything: four bytes a pixel, row by row.
    pub fn put(&self, bytes: &[u8], wide: usize, high: usize) {
        let bytes = wasm_bindgen::Clamped(bytes);
        if let Ok(image) = web_sys::ImageData::new_with_u8_clamped_array_and_sh(bytes, wide as u32, high as u32) {
            let _ = self.context.put_image_data(&image, 0.0, 0.0);
        }
    }

    /// Fills a rectangle.
    pub fn rect(&self, x: f64, y: f64, width: f64, height: f64, colour: &str) {
        self.context.set_fill_style_str(colour);
        self.context.fill_rect(x, y, width, height);
    }

    /// Draws straight lines, each from and to a point, in one stroke.
    pub fn lines(&self, lines: impl IntoIterator<Item = [f64; 4]>, colour: &str, thickness: f64, dash: &[f64]) {
        self.context.begin_path();
        for [from_x, from_y, to_x, to_y] in lines {
            self.context.move_to(from_x, from_y);
            self.context.line_to(to_x, to_y);
        }
        self.stroke(colour, thickness, dash);
    }

    /// Restricts what follows to a rectangle, until [`Canvas::unclip`].
    pub fn clip(&self, x: f64, y: f64, width: f64, height: f64) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(x, y, width, height);
        self.context.clip();
    }

    /// Ends [`Canvas::clip`].
    pub fn unclip(&self) {
        self.context.restore();
    }

    /// Sets the typeface of what is written next, as a CSS font.
    pub fn font(&self, font: &str) {
        self.context.set_font(font);
    }

    /// Writes text; `align` is start, center or end, and `y` its middle.
    pub fn text(&self, text: &str, x: f64, y: f64, colour: &str, align: &str) {
        self.context.set_fill_style_str(colour);
        self.context.set_text_align(align);
        self.context.set_text_baseline("middle");
        let _ = self.context.fill_text(text, x, y);
    }

    /// The same, in no more than so much room: what is wider is drawn narrower, and whole.
    pub fn text_within(&self, text: &str, (x, y): (f64, f64), colour: &str, align: &str, room: f64) {
        self.context.set_fill_style_str(colour);
        self.context.set_text_align(align);
        self.context.set_text_baseline("middle");
        let _ = self.context.fill_text_with_max_width(text, x, y, room);
    }

    /// The width of a text in the typeface in force.
    #[must_use]
    pub fn text_width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    fn stroke(&self, colour: &str, thickness: f64, dash: &[f64]) {
        let pattern: js_sys::Array = dash.iter().map(|length| wasm_bindgen::JsValue::from_f64(*length)).collect();
        let _ = self.context.set_line_dash(&pattern);
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(thickness);
        self.context.stroke();
    }
}

/// The screen's pixels for each of a canvas'.
#[must_use]
pub fn ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(0.5, 4.0) * text::scale()
}

/// So many CSS pixels, as a canvas counts them.
#[must_use]
pub fn units(pixels: impl Into<f64>) -> f64 {
    pixels.into() / text::scale()
}

/// What a CSS colour looks like: a pixel of it, read back.
fn painted(colour: &str) -> Option<[u8; 3]> {
    let document = web_sys::window()?.document()?;
    let element = document.create_element("canvas").ok()?.dyn_into::<web_sys::HtmlCanvasElement>().ok()?;
    element.set_width(1);
    element.set_height(1);
    let context = element.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    context.set_fill_style_str(colour);
    context.fill_rect(0.0, 0.0, 1.0, 1.0);
    context.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data().0.first_chunk().copied()
}
