//! Rectangles in pixels, and cutting them up.

/// A rectangle in pixels of the content.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    /// From the left edge.
    pub x: f32,
    /// From the top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Frame {
    /// A rectangle; sizes below nothing are nothing.
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w: w.max(0.0), h: h.max(0.0) }
    }

    /// The right edge.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// Whether it lies on its side.
    pub fn landscape(&self) -> bool {
        self.w > self.h * 1.15
    }

    /// Smaller by so much on every side.
    #[must_use]
    pub fn inset(&self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, self.w - 2.0 * by, self.h - 2.0 * by)
    }

    /// Narrower by so much on the left and on the right.
    #[must_use]
    pub fn inset_sides(&self, by: f32) -> Self {
        Self::new(self.x + by, self.y, self.w - 2.0 * by, self.h)
    }

    /// On whole pixels, so that edges are sharp.
    #[must_use]
    pub fn snapped(&self) -> Self {
        let (x, y) = (self.x.round(), self.y.round());
        Self::new(x, y, self.right().round() - x, self.bottom().round() - y)
    }

    /// Cuts a strip off the top and returns it.
    pub fn cut_top(&mut self, height: f32) -> Self {
        let height = height.clamp(0.0, self.h);
        let cut = Self::new(self.x, self.y, self.w, height);
        self.y += height;
        self.h -= height;
        cut
    }

    /// Cuts a strip off the bottom and returns it.
    pub fn cut_bottom(&mut self, height: f32) -> Self {
        let height = height.clamp(0.0, self.h);
        self.h -= height;
        Self::new(self.x, self.bottom(), self.w, height)
    }

    /// Cuts a strip off the left and returns it.
    pub fn cut_left(&mut self, width: f32) -> Self {
        let width = width.clamp(0.0, self.w);
        let cut = Self::new(self.x, self.y, width, self.h);
        self.x += width;
        self.w -= width;
        cut
    }

    /// Cuts a strip off the right and returns it.
    pub fn cut_right(&mut self, width: f32) -> Self {
        let width = width.clamp(0.0, self.w);
        self.w -= width;
        Self::new(self.right(), self.y, width, self.h)
    }

    /// What both have in common; nothing where they do not overlap.
    pub fn common(&self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (w, h) = (self.right().min(other.right()) - x, self.bottom().min(other.bottom()) - y);
        (w > 0.0 && h > 0.0).then_some(Self { x, y, w, h })
    }

    /// The smallest rectangle that holds both; an empty one counts for nothing.
    #[must_use]
    pub fn around(&self, other: Self) -> Self {
        if self.w <= 0.0 || self.h <= 0.0 {
            return other;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// On whole pixels, and nothing of it lost.
    #[must_use]
    pub fn outwards(&self) -> Self {
        let (x, y) = (self.x.floor(), self.y.floor());
        Self::new(x, y, self.right().ceil() - x, self.bottom().ceil() - y)
    }

    /// The largest rectangle of this shape (width by height) inside, centred.
    #[must_use]
    pub fn holding(&self, shape: f32) -> Self {
        let (w, h) = if self.w > self.h * shape { (self.h * shape, self.h) } else { (self.w, self.w / shape) };
        Self::new(self.x + (self.w - w) / 2.0, self.y + (self.h - h) / 2.0, w, h)
    }
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn strips_add_up_and_never_exceed() {
        let mut frame = Frame::new(10.0, 20.0, 100.0, 50.0);

        assert_eq!(frame.cut_top(10.0), Frame::new(10.0, 20.0, 100.0, 10.0));
        assert_eq!(frame.cut_right(30.0), Frame::new(80.0, 30.0, 30.0, 40.0));
        assert_eq!(frame.cut_bottom(999.0), Frame::new(10.0, 30.0, 70.0, 40.0));
        assert_eq!(frame.h, 0.0);
        assert_eq!(Frame::new(0.0, 0.0, 200.0, 100.0).holding(1.0), Frame::new(50.0, 0.0, 100.0, 100.0));
    }
}
