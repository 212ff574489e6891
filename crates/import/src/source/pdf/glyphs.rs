//! The glyphs of a page, where they stand and which characters they are.

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph, GlyphRun},
    hayro_cmap::{BfString, WritingMode},
    kurbo::{BezPath, Point},
};

use super::fonts::Fonts;

/// A glyph on its page. Places are in points: along the line from its start, and across the lines from the
/// first.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// Its characters; `None` where the font does not tell.
    pub(super) text: Option<String>,
    pub(super) along: f64,
    pub(super) across: f64,
    /// How far it goes along the line.
    pub(super) advance: f64,
    /// The size of its font.
    pub(super) size: f64,
    /// It does not stand in the direction of lines.
    pub(super) turned: bool,
}

/// What is drawn on one page.
pub(super) struct Page<'f> {
    fonts: &'f Fonts,
    pub(super) glyphs: Vec<Printed>,
    /// How many glyphs are not shown: text over a scanned image.
    pub(super) unseen: usize,
    pub(super) images: usize,
    /// There are more glyphs than are read.
    pub(super) full: bool,
}

/// A page has some thousands of glyphs; a PDF may draw one form again and again.
const MOST: usize = 200_000;

impl<'f> Page<'f> {
    pub(super) fn new(fonts: &'f Fonts) -> Self {
        Self {
            fonts,
            glyphs: Vec::new(),
            unseen: 0,
            images: 0,
            full: false,
        }
    }

    fn text(&self, glyph: &Glyph<'_>) -> Option<String> {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                let Glyph::Outline(outline) = glyph else {
                    return None;
                };
                let name = outline.font_data()?.postscript_name?;
                self.fonts.text(&name, glyph.char_code())?
            }
        };
        let unknown = |c: char| matches!(c, '\0' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}');
        (!text.is_empty() && !text.chars().any(unknown)).then_some(text)
    }
}

impl Device<'_> for Page<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.images += 1;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MOST {
                self.full = true;
                return;
            }
            let transform = props.transform * glyph.transform();
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(type3) => type3.advance_width(),
            };
            let start = transform * Point::ZERO;
            let end = transform * Point::new(f64::from(advance.unwrap_or(1000.0)), 0.0);
            let up = transform * Point::new(0.0, 1000.0);
            let (wide, high) = (end - start, up - start);
            let size = high.hypot();
            if ![start.x, start.y, wide.x, wide.y, size]
                .iter()
                .all(|n| n.is_finite())
            {
                continue;
            }
            if matches!(mode, DrawMode::Invisible) {
                self.unseen += 1;
            }
            let text = self.text(glyph);
            self.glyphs.push(if vertical {
                Printed {
                    text,
                    along: start.y,
                    across: -start.x,
                    advance: size,
                    size,
                    turned: false,
                }
            } else {
                Printed {
                    text,
                    along: start.x,
                    across: start.y,
                    advance: wide.x,
                    size,
                    turned: wide.y.abs() > wide.x.abs() || wide.x < 0.0,
                }
            });
        }
    }
}
