//! Colours of a house: written `#rrggbb`, and legible as text (WCAG 2.2, 1.4.3: at least 4.5 to 1).

use std::fmt;

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The paper of a light page where it is darkest: `--tint` of `site-templates/style.css`.
pub(super) const LIGHT: Colour = Colour([0xf4, 0xf6, 0xf8]);
/// The paper of a dark page where it is lightest.
pub(super) const DARK: Colour = Colour([0x1d, 0x21, 0x26]);

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// How well text of this colour stands out from a paper: from 1 to 21, as WCAG 2.2 defines it.
    #[must_use]
    pub fn contrast(self, paper: Self) -> f64 {
        let (a, b) = (self.luminance(), paper.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance, as WCAG 2.2 defines it: from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_and_nothing_else() {
        assert_eq!(Colour::parse("#0B57a4").map(|colour| colour.to_string()), Some("#0b57a4".to_owned()));
        for bad in ["0b57a4", "#0b5", "#0b57a4ff", "#0b57ag", "#+b57a4", "red", "#0b57a4;}", "#é7a4a"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Colour([0; 3]), Colour([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes on white.
        let passes = |text: &str| Colour::parse(text).is_some_and(|grey| grey.contrast(white) >= 4.5);
        assert!(passes("#767676") && !passes("#777777"));
    }
}
