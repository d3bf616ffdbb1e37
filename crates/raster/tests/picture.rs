//! P6: the picture of an envelope is that of every sample, to the pixel; and a picture that moved on is the one that would
//! be drawn anew.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]

use raster::{Beside, Column, Ends, Lane, Line, Picture, Rgb, Scene};

const GROUND: Rgb = Rgb([255, 255, 255]);
const GRID: Rgb = Rgb([200, 200, 200]);
const INK: Rgb = Rgb([10, 20, 200]);

/// xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.unit() * end as f64) as usize
    }
}

/// A sample: column, value, whether a gap comes before it.
type Point = (i32, f32, bool);

/// What is shown of one line.
#[derive(Default)]
struct Shown {
    columns: Vec<Column>,
    before: Option<Beside>,
    after: Option<Beside>,
}

impl From<Vec<Column>> for Shown {
    fn from(columns: Vec<Column>) -> Shown {
        Shown { columns, ..Shown::default() }
    }
}

/// A column of one value.
fn one(x: u16, y: f64, broken: bool) -> Column {
    Column { x, first: y, min: y, max: y, last: y, broken }
}

/// A column for each sample within a width, and the samples next to it.
fn every(points: &[Point], wide: i32) -> Shown {
    let within = points.iter().filter(|point| (0..wide).contains(&point.0));
    let columns = within.map(|&(x, y, broken)| one(x as u16, f64::from(y), broken)).collect();
    let beside = |&(x, y, broken): &Point| Beside { x, value: f64::from(y), broken };
    Shown {
        columns,
        before: points.iter().rfind(|point| point.0 < 0).map(beside),
        after: points.iter().find(|point| point.0 >= wide).map(beside),
    }
}

fn envelope(points: &[Point], wide: i32) -> Shown {
    let all = every(points, wide);
    let mut columns: Vec<Column> = Vec::new();
    for sample in all.columns {
        match columns.last_mut().filter(|last| last.x == sample.x) {
            Some(last) => {
                last.min = last.min.min(sample.min);
                last.max = last.max.max(sample.max);
                last.last = sample.last;
            }
            None => columns.push(sample),
        }
    }
    Shown { columns, ..all }
}

/// A view of one series in one lane.
struct View {
    width: usize,
    height: usize,
    low: f64,
    unit: f64,
    half: f64,
    dot: f64,
    dashes: Vec<u16>,
    downs: Vec<i32>,
}

impl View {
    fn shown(&self, from: i64, shown: &Shown, picture: &mut Picture) -> Vec<u8> {
        let foot = self.height - 6;
        let line = Line {
            colour: INK,
            half: self.half,
            dot: self.dot,
            dashes: &self.dashes,
            columns: &shown.columns,
            before: shown.before,
            after: shown.after,
        };
        let lanes = [Lane {
            top: 0,
            bottom: foot,
            ends: Ends::new(self.low, self.low + foot as f64 / self.unit),
            base: foot as f64,
            unit: foot as f64,
            across: &[5, 20],
            lines: &[line],
        }];
        picture.show(&Scene {
            width: self.width,
            height: self.height,
            left: 7,
            foot,
            thin: 2,
            ground: GROUND,
            grid: GRID,
            from,
            span: 1000 * (self.width as u64 - 7),
            downs: &self.downs,
            lanes: &lanes,
        });
        picture.bytes().to_vec()
    }
}

fn exact(views: usize) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for number in 0..views {
        let width = 30 + random.below(200);
        let samples = 1 + random.below(900);
        let wild = random.unit() * 60.0;
        // Up to every sample stands alone.
        let gaps = [0.02, 0.02, 0.3, 0.8, 1.0][number % 5];
        let offset = if number % 4 == 0 { 1e5 } else { 0.0 };
        let (mut x, mut points) = (-20.0, Vec::new());
        for _ in 0..samples {
            // Bursts and pauses; some samples lie outside the view, some after a gap.
            x += random.unit().powi(3) * 4.0 * (width as f64 + 40.0) / samples as f64;
            let y = offset + 30.0 + (x / 9.0).sin() * 20.0 + (random.unit() - 0.5) * wild;
            points.push((x.floor() as i32, y as f32, random.unit() < gaps));
        }
        let view = View {
            width: width + 7,
            height: 40 + random.below(60),
            low: offset + random.unit() * 20.0,
            unit: 0.3 + random.unit() * 4.0,
            half: 0.5 + random.unit() * 2.0,
            dot: [0.0, 3.0, 4.5, 6.0][number % 4],
            dashes: if number % 3 == 0 { vec![7, 3, 2, 3] } else { Vec::new() },
            downs: vec![4, 18],
        };
        let few = view.shown(0, &envelope(&points, width as i32), &mut Picture::new());
        let all = view.shown(0, &every(&points, width as i32), &mut Picture::new());
        assert!(few == all, "view {number} differs");
    }
}

#[test]
fn p6_the_envelope_colours_the_pixels_of_every_sample() {
    exact(2000);
}

#[test]
#[ignore = "the same over 10,000 views, for the bench"]
fn p6_ten_thousand_views() {
    exact(10_000);
}

#[test]
fn p6_one_sample_in_a_hundred_million_is_seen_wherever_it_is() {
    // A hundred thousand samples in each of a thousand columns, all alike but one.
    let view = View {
        width: 1007,
        height: 66,
        low: 0.0,
        unit: 1.0,
        half: 0.75,
        dot: 3.0,
        dashes: vec![50, 50],
        downs: vec![],
    };
    let flat = |x: u16| one(x, 5.0, x == 0);
    let mut random = Random(7);
    for _ in 0..50 {
        let at = random.below(1000);
        let mut columns: Vec<Column> = (0..1000).map(flat).collect();
        columns[at].max = 50.0;
        let bytes = view.shown(0, &columns.into(), &mut Picture::new());
        let pixel = |x: usize, y: usize| &bytes[(y * 1007 + 7 + x) * 4..][..3];
        assert!((11..54).all(|y| pixel(at, y) == INK.0), "the spike in column {at} is whole, be the dash on or off");
    }
}

#[test]
fn a_sample_that_stands_alone_is_a_dot_one_in_a_line_is_none() {
    // Alone, at the very edge, and the two ends of a line.
    let samples = [(0, true), (20, true), (40, true), (60, false)];
    let columns = samples.map(|(x, broken)| one(x, 30.0, broken)).to_vec().into();
    for (ratio, wide) in [(1.0, 3), (1.5, 5), (2.0, 7), (3.0, 9)] {
        let view = View {
            width: 107,
            height: 66,
            low: 0.5,
            unit: 1.0,
            half: 0.75 * ratio,
            dot: 3.0 * ratio,
            dashes: vec![1, 1000],
            downs: vec![],
        };
        let bytes = view.shown(0, &columns, &mut Picture::new());
        let inked = |x: usize, y: usize| bytes[(y * 107 + 7 + x) * 4..][..3] == INK.0;
        let across = (10..30).filter(|x| inked(*x, 30)).count();
        let down = (10..50).filter(|y| inked(20, *y)).count();
        assert_eq!((across, down), (wide, wide), "{ratio}: as wide as high, dashes or none");
        assert_eq!((0..10).filter(|x| inked(*x, 30)).count(), wide.div_ceil(2), "{ratio}: half of it is in sight");
        assert!(!inked(61, 30) && !inked(39, 30), "{ratio}: a line ends where its samples are");
    }
}

#[test]
fn a_picture_that_moved_on_is_the_one_drawn_anew() {
    let mut random = Random(42);
    for course in 0..300 {
        let width = 40 + random.below(120);
        let view = View {
            width: width + 7,
            height: 70,
            low: 0.0,
            unit: 0.8,
            half: 0.5 + random.unit(),
            dot: [3.0, 0.0, 6.0][course % 3],
            dashes: if course % 2 == 0 { vec![9, 3] } else { vec![] },
            downs: vec![],
        };
        let sparse = 1 + random.below(30);
        let with_sides = course % 3 == 0;
        let gaps = [0.05, 0.5, 1.0, 0.05][course % 4];
        // Samples at absolute columns; the view follows the newest.
        let mut samples: Vec<Point> = Vec::new();
        let mut end = 0i32;
        let mut kept = Picture::new();
        let mut lost = i32::MIN;
        for step in 0..40 {
            for _ in 0..random.below(2 * width / 10 + 2) {
                if random.below(sparse) == 0 {
                    samples.push((end, (random.unit() * 70.0) as f32, random.unit() < gaps));
                }
                end += i32::from(random.below(2) == 0);
            }
            if random.below(10) == 0 {
                // The oldest are given up, some of them in sight.
                lost = end - width as i32 + random.below(width / 2) as i32;
            }
            let begin = end - width as i32 + 1;
            let held = samples.iter().filter(|sample| sample.0 >= lost);
            let held: Vec<Point> = held.map(|(x, y, broken)| (x - begin, *y, *broken)).collect();
            let mut shown = envelope(&held, width as i32);
            shown.before = shown.before.filter(|_| with_sides).map(|before| Beside { broken: true, ..before });
            if let Some(first) = shown.columns.first_mut().filter(|_| shown.before.is_none()) {
                first.broken = true;
            }
            let downs = (0..width as i32).filter(|x| (begin + x).rem_euclid(37) == 0).collect();
            let view = View { downs, dashes: view.dashes.clone(), ..view };
            let from = i64::from(begin) * 1000;
            let moved = view.shown(from, &shown, &mut kept);
            let anew = view.shown(from, &shown, &mut Picture::new());
            if moved != anew {
                let pixel = moved.iter().zip(&anew).position(|(a, b)| a != b).unwrap() / 4;
                panic!("course {course}, step {step}: column {}, row {}", pixel % (width + 7), pixel / (width + 7));
            }
        }
    }
}

#[test]
fn following_draws_only_what_is_new() {
    let view =
        View { width: 1007, height: 66, low: 0.0, unit: 1.0, half: 0.75, dot: 3.0, dashes: vec![], downs: vec![] };
    let value = |n: i32| f64::from((n * 7919) % 50);
    let columns = |begin: i32| -> Shown {
        let column = |x: u16| {
            let v = value(begin + i32::from(x));
            Column { min: v - 3.0, max: v + 3.0, ..one(x, v, x == 0) }
        };
        (0..1000).map(column).collect::<Vec<_>>().into()
    };
    let mut picture = Picture::new();
    view.shown(0, &columns(0), &mut picture);
    let first = picture.columns_drawn();
    assert_eq!(first, 1000);
    for step in 1..=100 {
        view.shown(i64::from(step) * 1000, &columns(step), &mut picture);
    }
    assert!(picture.columns_drawn() - first <= 100 * 6, "{}", picture.columns_drawn() - first);
}

#[test]
fn rows_come_out_as_a_canvas_takes_them() {
    let mut picture = Picture::new();
    let column = Column { x: 1, first: 1.0, min: 0.0, max: 2.0, last: 1.0, broken: true };
    let columns = [column];
    let line = Line { colour: INK, half: 0.5, dot: 0.0, dashes: &[], columns: &columns, before: None, after: None };
    let lane = Lane { top: 0, bottom: 2, ends: Ends::new(0.0, 2.0), base: 2.0, unit: 2.0, across: &[], lines: &[line] };
    let lanes = [lane];
    picture.show(&Scene {
        width: 4,
        height: 3,
        left: 1,
        foot: 2,
        thin: 1,
        ground: GROUND,
        grid: GRID,
        from: 0,
        span: 3,
        downs: &[2],
        lanes: &lanes,
    });
    let [i, g, w] = [INK, GRID, GROUND].map(|Rgb([r, g, b])| [r, g, b, 255]);
    assert_eq!(picture.bytes(), [g, w, i, g, g, w, i, g, g, g, g, g].concat());
}

#[test]
fn f21_what_is_outside_the_picture_or_no_number_is_nothing() {
    let columns = [(0, -1e300, 1e300), (50, f64::NEG_INFINITY, f64::INFINITY), (99, f64::NAN, f64::NAN)];
    let columns = columns.map(|(x, min, max)| Column { x, first: min, min, max, last: max, broken: false });
    let view = View {
        width: 107,
        height: 66,
        low: 0.0,
        unit: 1.0,
        half: 0.75,
        dot: 3.0,
        dashes: vec![],
        downs: vec![-1, 1 << 30],
    };
    assert_eq!(view.shown(0, &columns.to_vec().into(), &mut Picture::new()).len(), 107 * 66 * 4);
    // Sizes that fit nothing together.
    let ends = Ends::new(f64::NAN, 0.0);
    let lane = Lane { top: 5, bottom: 900, ends, base: 0.0, unit: f64::NAN, across: &[7, 9000], lines: &[] };
    let lanes = [lane];
    Picture::new().show(&Scene {
        width: 3,
        height: 8,
        left: 90,
        foot: 100,
        thin: 0,
        ground: GROUND,
        grid: GRID,
        from: i64::MAX,
        span: 0,
        downs: &[],
        lanes: &lanes,
    });
}
