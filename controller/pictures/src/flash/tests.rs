//! Flashes that are too many, and pictures that only look lively.

use super::{FRAME_BYTES, HEIGHT, Hazard, WIDTH, Watch};

const FPS: f64 = 30.0;

/// Watches so many seconds of what `colour` says of each pixel, at a second and a place.
fn watch(seconds: f64, colour: impl Fn(f64, usize, usize) -> [u8; 3]) -> Option<Hazard> {
    let mut watch = Watch::new(FPS);
    for number in 0..(seconds * FPS) as u32 {
        let at = f64::from(number) / FPS;
        let frame: Vec<u8> = (0..WIDTH * HEIGHT).flat_map(|place| colour(at, place % WIDTH, place / WIDTH)).collect();
        assert_eq!(frame.len(), FRAME_BYTES);
        if let Some(hazard) = watch.look(&frame) {
            return Some(hazard);
        }
    }
    None
}

/// Whether a light that goes on and off so often a second is on.
fn on(at: f64, hertz: f64) -> bool {
    (at * hertz + 1e-9).fract() < 0.5
}

fn grey(value: u8) -> [u8; 3] {
    [value; 3]
}

#[test]
fn a_strobe_is_found_where_it_begins_and_a_slow_one_is_none() {
    let strobe = |hertz: f64| watch(6.0, |at, _, _| grey(if at >= 2.0 && on(at - 2.0, hertz) { 255 } else { 20 }));

    let found = strobe(10.0).unwrap();
    assert!(!found.red && (1_900..=2_100).contains(&found.at_millis), "{found:?}");
    assert!(strobe(5.0).is_some() && strobe(4.0).is_some());
    assert_eq!([strobe(3.0), strobe(2.0), strobe(0.5)], [None; 3]);
}

#[test]
fn a_flash_that_swells_and_fades_counts_too() {
    let pulse = |hertz: f64| {
        watch(3.0, |at, x, _| {
            let wave = (at * hertz * std::f64::consts::TAU).sin();
            grey((128.0 + wave * 100.0) as u8 / if x % 2 == 0 { 1 } else { 2 })
        })
    };

    assert!(pulse(6.0).is_some() && pulse(2.0).is_none());
}

#[test]
fn a_flash_needs_a_quarter_of_the_picture() {
    let part = |columns: usize| watch(3.0, |at, x, _| grey(if x < columns && on(at, 8.0) { 255 } else { 0 }));

    assert!(part(WIDTH / 4).is_some());
    assert_eq!(part(WIDTH / 4 - 1), None);
}

#[test]
fn both_halves_in_turn_flash_as_much_as_one() {
    let turn = watch(3.0, |at, x, _| grey(if (x < WIDTH / 2) == on(at, 6.0) { 255 } else { 0 }));

    assert!(turn.is_some());
}

#[test]
fn what_is_bright_enough_or_changes_little_is_no_flash() {
    let between = |low: u8, high: u8| watch(3.0, |at, _, _| grey(if on(at, 10.0) { high } else { low }));

    assert_eq!(between(232, 255), None, "the darker one is above 0.8");
    assert_eq!(between(100, 115), None, "less than a tenth");
    assert!(between(100, 160).is_some());
}

#[test]
fn saturated_red_counts_where_light_alone_would_not() {
    // Red is dark: from black to this, luminance changes by less than a tenth.
    let red = |low: [u8; 3], high: [u8; 3]| watch(3.0, |at, _, _| if on(at, 8.0) { high } else { low });

    assert_eq!(red([0; 3], [170, 0, 0]).map(|hazard| hazard.red), Some(true));
    assert_eq!(red([120, 110, 110], [150, 100, 100]), None, "hardly red");
    assert_eq!(watch(3.0, |at, _, _| if on(at, 2.0) { [200, 0, 0] } else { [0; 3] }), None);
}

#[test]
fn quick_cuts_between_calm_pictures_and_movement_are_no_flashes() {
    let cuts = watch(6.0, |at, x, y| {
        let scene = (at * 6.0) as usize;
        grey((90 + (x * (scene % 5 + 1) + y * 3) % 40) as u8)
    });
    let pan = watch(6.0, |at, x, _| grey(if (x + (at * 40.0) as usize) % 24 < 12 { 220 } else { 30 }));
    let fade = watch(12.0, |at, _, _| grey((at * 20.0) as u8));

    assert_eq!([cuts, pan, fade], [None; 3]);
}

#[test]
fn the_first_picture_that_is_not_black_is_known() {
    let mut watch = Watch::new(10.0);
    for number in 0..20 {
        watch.look(&vec![if number < 15 { 2 } else { 90 }; FRAME_BYTES]);
    }
    assert!((watch.first_seen_secs() - 1.5).abs() < 1e-9);
    assert_eq!(watch.frames(), 20);

    let mut dark = Watch::new(f64::NAN);
    dark.look(&[0; FRAME_BYTES]);
    assert!(dark.first_seen_secs().abs() < 1e-9);
}
