//! Little drawings of how a display is divided.

use crate::features::programmes::{DraftPlan, Layout};

/// A display and its parts, in the units of an SVG.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    /// Width of the display.
    pub(super) width: u32,
    /// Height of the display.
    pub(super) height: u32,
    /// Its parts, the main one first.
    pub(super) parts: Vec<Rect>,
}

/// A part of a display.
#[derive(Clone, Debug)]
pub(super) struct Rect {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Drawing {
    /// A layout that can be chosen.
    pub(super) fn of_layout(layout: &Layout) -> Self {
        Self::new(layout.upright, layout.parts.iter().map(|part| part.area))
    }

    /// A plan as it is laid out; upright where its layout is meant to be.
    pub(super) fn of_plan(plan: &DraftPlan, upright: bool) -> Self {
        Self::new(upright, plan.regions.iter().map(|r| [r.area.left, r.area.top, r.area.width, r.area.height]))
    }

    fn new(upright: bool, areas: impl Iterator<Item = [f32; 4]>) -> Self {
        let (width, height) = if upright { (90, 160) } else { (160, 90) };
        #[expect(clippy::cast_precision_loss, reason = "two digits")]
        let (across, down) = (width as f32 / 100.0, height as f32 / 100.0);
        let rect = |[left, top, wide, high]: [f32; 4]| Rect {
            x: left * across + 1.0,
            y: top * down + 1.0,
            width: (wide * across - 2.0).max(1.0),
            height: (high * down - 2.0).max(1.0),
        };
        Self { width, height, parts: areas.map(rect).collect() }
    }
}
