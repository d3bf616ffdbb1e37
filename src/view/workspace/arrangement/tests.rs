use super::*;

/// Every panel is at exactly one place or closed; what is in front is there; only what has a panel is maximised.
fn sound(arrangement: &Arrangement) {
    for view in ViewInfo::of(false) {
        let at = Place::ALL.iter().flat_map(|place| &arrangement.stack(*place).panels);
        let closed = arrangement.closed.iter().map(|(name, _)| name);
        assert_eq!(at.chain(closed).filter(|name| **name == view.name).count(), 1, "{} of {arrangement:?}", view.name);
    }
    for place in Place::ALL {
        let stack = arrangement.stack(place);
        assert_eq!(stack.front.is_some(), !stack.panels.is_empty(), "{place:?} of {arrangement:?}");
        assert!(stack.front.is_none_or(|front| stack.panels.contains(&front)), "{place:?} of {arrangement:?}");
    }
    assert!(arrangement.maximised.is_none_or(|place| arrangement.visible(place)), "{arrangement:?}");
}

#[test]
fn whatever_is_done_every_panel_is_at_one_place_or_closed() {
    // A linear congruential generator (Numerical Recipes): the same walk every time.
    let mut state = 1u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut arrangement = Arrangement::default();
    sound(&arrangement);
    let views: Vec<_> = ViewInfo::of(false).collect();
    let mut closed_all = false;
    for step in 0..20_000 {
        let (view, place) = (views[next(views.len())].name, Place::ALL[next(4)]);
        match next(6) {
            0 => arrangement.move_to(view, place),
            1 => arrangement.show(view),
            2 => arrangement.maximise(place),
            3 => arrangement.shift(view, next(5) as isize - 2),
            4 if step % 200 < 100 => arrangement.show(view),
            _ => arrangement.close(view),
        }
        sound(&arrangement);
        closed_all |= arrangement.closed.len() == views.len();
    }
    assert!(closed_all, "the walk has been everywhere");
}

#[test]
fn what_is_kept_is_found_again() {
    let mut arrangement = Arrangement::default();
    assert_eq!(arrangement.to_panels(), Panels::default(), "nothing was changed");
    arrangement.move_to("Values", Place::Detail);
    arrangement.shift("Values", -1);
    arrangement.close("Terminal");
    arrangement.move_split(Split::Columns, Some(400));
    let again = Arrangement::of_panels(&Panels::parse(&arrangement.to_panels().to_toml()).unwrap(), false);
    assert_eq!(again.stacks, arrangement.stacks);
    assert_eq!((again.place_of("Terminal"), again.split(Split::Columns)), (None, Some(400)));
    sound(&again);
    let named = |name: &str| vec![name.to_owned()];
    let odd = Panels { upper_left: named("Profile"), lower_left: named("Nonsense"), ..Panels::default() };
    sound(&Arrangement::of_panels(&odd, false));
    assert_eq!(Arrangement::of_panels(&odd, false).stack(Place::Plot).front, Some("Profile"));
}

#[test]
fn a_closed_panel_comes_back_where_it_was() {
    let mut arrangement = Arrangement::default();
    arrangement.move_to("Values", Place::Terminal);
    arrangement.close("Values");
    assert_eq!(arrangement.place_of("Values"), None);
    arrangement.show("Values");
    assert_eq!(arrangement.place_of("Values"), Some(Place::Terminal));
    assert_eq!(arrangement.stack(Place::Terminal).front, Some("Values"));
}

#[test]
fn what_is_shown_is_not_behind_a_maximised_place() {
    let mut arrangement = Arrangement::default();
    arrangement.maximise(Place::Plot);
    assert!(arrangement.visible(Place::Plot) && !arrangement.visible(Place::Terminal));
    arrangement.show("Profile");
    assert!(arrangement.visible(Place::Detail) && arrangement.visible(Place::Plot));
    arrangement.maximise(Place::Values);
    for view in ViewInfo::of(false).filter(|view| view.place == Place::Values) {
        arrangement.close(view.name);
    }
    assert!(arrangement.visible(Place::Plot), "an empty place gives back what it had");
}

#[test]
fn no_split_leaves_less_than_the_least() {
    let mut arrangement = Arrangement::default();
    arrangement.move_split(Split::Left, Some(3));
    assert_eq!(arrangement.split(Split::Left), Some(LEAST));
    arrangement.move_split(Split::Left, None);
    assert_eq!(arrangement.split(Split::Left), None);
}

#[test]
fn of_a_fleet_the_table_has_the_room_and_what_is_for_one_device_is_nowhere() {
    let mut arrangement = Arrangement::standard(true);
    assert!(arrangement.in_front("Fleet") && !arrangement.visible(Place::Detail));
    assert_eq!((arrangement.place_of("Plot"), arrangement.to_panels()), (None, Panels::default()));
    arrangement.show("Terminal");
    arrangement.show("Plot");
    assert_eq!((arrangement.place_of("Terminal"), arrangement.place_of("Plot")), (Some(Place::Terminal), None));
    let again = Arrangement::of_panels(&arrangement.to_panels(), true);
    assert_eq!(again.stacks, arrangement.stacks);
    assert_eq!(Arrangement::default().place_of("Fleet"), None);
}
