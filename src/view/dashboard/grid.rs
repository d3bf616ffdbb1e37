//! Where tiles stand: twelve columns, as many rows as are needed, no tile on another. Plain data, free of the browser.

use session::profile::{Area, COLUMNS, MAX_HIGH, Tile};

/// Columns and rows that a tile needs at least.
type Least = (u16, u16);

/// What each tile needs.
#[must_use]
pub fn least_of(tiles: &[Tile]) -> Vec<Least> {
    tiles.iter().map(|tile| tile.kind.least()).collect()
}

/// The areas of tiles: those that say where they stand are there, the others in the first gaps that take them.
#[must_use]
pub fn placed(tiles: &[Tile]) -> Vec<Area> {
    let mut taken: Vec<Area> = Vec::new();
    let mut areas: Vec<Option<Area>> = Vec::with_capacity(tiles.len());
    for tile in tiles {
        let area = tile.area.map(|area| free_below(within(area, tile.kind.least()), &taken));
        taken.extend(area);
        areas.push(area);
    }
    let place = |(tile, area): (&Tile, Option<Area>)| {
        area.unwrap_or_else(|| {
            let area = first_gap(tile.size(), &taken);
            taken.push(area);
            area
        })
    };
    tiles.iter().zip(areas).map(place).collect()
}

/// An area made to fit the grid, and so large that its tile is not cut.
#[must_use]
pub fn within(area: Area, least: Least) -> Area {
    let wide = area.wide.clamp(least.0.clamp(1, COLUMNS), COLUMNS);
    let high = area.high.clamp(least.1.clamp(1, MAX_HIGH), MAX_HIGH);
    Area { x: area.x.min(COLUMNS - wide), y: area.y, wide, high }
}

/// The areas after one of them was put elsewhere: it stands there, and what lay there makes room downwards.
#[must_use]
pub fn moved(areas: &[Area], least: &[Least], index: usize, to: Area) -> Vec<Area> {
    let to = within(to, least.get(index).copied().unwrap_or((1, 1)));
    let mut out = areas.to_vec();
    let Some(slot) = out.get_mut(index) else { return out };
    *slot = to;
    // From the top: what was pushed pushes what is below it.
    let mut order: Vec<usize> = (0..areas.len()).filter(|other| *other != index).collect();
    order.sort_by_key(|other| (areas[*other].y, areas[*other].x));
    let mut settled = vec![to];
    for other in order {
        out[other] = free_below(areas[other], &settled);
        settled.push(out[other]);
    }
    out
}

/// The area moved down as far as is needed for it to lie on none of these.
fn free_below(mut area: Area, taken: &[Area]) -> Area {
    while let Some(below) = taken.iter().filter(|other| area.meets(**other)).map(|other| other.y + other.high).max() {
        area.y = below;
    }
    area
}

/// The first place from the top left that takes so many columns and rows.
fn first_gap((wide, high): (u16, u16), taken: &[Area]) -> Area {
    let end = taken.iter().map(|area| area.y + area.high).max().unwrap_or(0);
    let places = (0..=end).flat_map(|y| (0..=COLUMNS - wide.min(COLUMNS)).map(move |x| Area { x, y, wide, high }));
    let free = |area: &Area| !taken.iter().any(|other| area.meets(*other));
    places.into_iter().find(free).unwrap_or(Area { x: 0, y: end, wide, high })
}

/// The order in which tiles are read: from the top, then from the left.
#[must_use]
pub fn reading_order(areas: &[Area]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|index| areas.get(*index).map(|area| (area.y, area.x)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::profile::TileKind;

    fn area(x: u16, y: u16, wide: u16, high: u16) -> Area {
        Area { x, y, wide, high }
    }

    fn sound(areas: &[Area]) -> bool {
        let inside = areas.iter().all(|a| a.wide >= 1 && a.high >= 1 && a.x + a.wide <= COLUMNS);
        let apart = |(index, a): (usize, &Area)| !areas[index + 1..].iter().any(|other| a.meets(*other));
        inside && areas.iter().enumerate().all(apart)
    }

    #[test]
    fn tiles_that_say_nothing_fill_the_gaps() {
        let mut tiles: Vec<Tile> =
            (0..5).map(|n| Tile::new(TileKind::Number, format!("t{n}"), vec!["a".into()])).collect();
        tiles[1].area = Some(area(3, 0, 6, 2));
        let areas = placed(&tiles);
        assert_eq!(areas, [area(0, 0, 3, 2), area(3, 0, 6, 2), area(9, 0, 3, 2), area(0, 2, 3, 2), area(3, 2, 3, 2)]);
        assert_eq!(reading_order(&areas), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_tile_that_is_moved_stands_there_and_others_make_room() {
        let areas = [area(0, 0, 3, 2), area(3, 0, 3, 2), area(0, 2, 6, 3)];
        let any = [(1, 1); 3];
        assert_eq!(moved(&areas, &any, 0, area(2, 0, 3, 2)), [area(2, 0, 3, 2), area(3, 2, 3, 2), area(0, 4, 6, 3)]);
        assert_eq!(moved(&areas, &any, 0, area(99, 0, 99, 0)), [area(0, 0, 12, 1), area(3, 1, 3, 2), area(0, 3, 6, 3)]);
        assert_eq!(moved(&areas, &any, 7, area(0, 0, 1, 1)), areas);
        // Never so small that it would be cut.
        assert_eq!(moved(&areas, &[(2, 2); 3], 0, area(0, 0, 1, 1))[0], area(0, 0, 2, 2));
    }

    #[test]
    fn however_tiles_are_moved_none_lies_on_another_and_all_stay_on_the_grid() {
        // A linear congruential generator (Numerical Recipes, 3rd edition, section 7.1).
        let mut seed: u64 = 7;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
            (seed >> 8) % below
        };
        for _ in 0..50 {
            let mut tiles = Vec::new();
            for _ in 0..=next(14) {
                let kind = TileKind::ALL[next(8) as usize].1;
                let mut tile = Tile::new(kind, String::new(), Vec::new());
                if next(2) == 0 {
                    tile.area = Some(area(next(30) as u16, next(9) as u16, next(20) as u16, next(20) as u16));
                }
                tiles.push(tile);
            }
            let mut areas = placed(&tiles);
            assert!(sound(&areas), "{areas:?}");
            for _ in 0..60 {
                let index = next(areas.len() as u64) as usize;
                let to = area(next(30) as u16, next(12) as u16, next(20) as u16, next(20) as u16);
                let least = least_of(&tiles);
                areas = moved(&areas, &least, index, to);
                assert!(sound(&areas), "{areas:?}");
                assert_eq!(areas[index], within(to, least[index]), "what is moved stands where it was put");
                let large = areas.iter().zip(&least).all(|(area, least)| area.wide >= least.0 && area.high >= least.1);
                assert!(large, "{areas:?}");
            }
        }
    }
}
