//! Places that the law can speak of: codes, and which of them are known.

use std::fmt;

use hashbrown::HashMap;

const COUNTRIES: &str = include_str!("codes/countries.txt");
const SUBDIVISIONS: &str = include_str!("codes/subdivisions.txt");
const OWN_CODE: &str = include_str!("codes/own-code.txt");

/// Codes that no standard has and the law book speaks of, with their names.
const OF_THE_BOOK: [(&str, &str); 5] = [
    ("AE-ADGM", "Abu Dhabi Global Market"),
    ("AE-DIFC", "Dubai International Financial Centre"),
    ("EPO", "European Patent Organisation"),
    ("EU-INST", "EU institutions, bodies, offices and agencies"),
    ("ZZ", "an unknown place"),
];

/// Codes that people write and the standard does not have.
const MISTAKEN: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

/// A place, by code: at most eight ASCII characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 8]);

impl Code {
    /// A code of the right shape, known or not.
    #[must_use]
    pub fn shaped(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let plain = bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-');
        if !plain || !(2..=8).contains(&bytes.len()) || bytes.starts_with(b"-") || bytes.ends_with(b"-") {
            return None;
        }
        let mut code = [0; 8];
        code[..bytes.len()].copy_from_slice(bytes);
        Some(Self(code))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }

    /// The country that a subdivision counts as. Financial centres and institutions with a law of
    /// their own count as nothing else.
    #[must_use]
    pub fn country(&self) -> Option<Self> {
        // Most places are countries themselves, and this is asked for every one of them.
        if !self.0.contains(&b'-') {
            return None;
        }
        let text = self.as_str();
        if OF_THE_BOOK.iter().any(|(own, _)| *own == text) {
            return None;
        }
        let (country, _) = text.split_once('-')?;
        Self::shaped(country)
    }

    /// Whether `self` is `other` or a subdivision that counts as it.
    #[must_use]
    pub fn is_within(&self, other: Self) -> bool {
        *self == other || self.country() == Some(other)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is no known code, and the code that was meant, if one is near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAPlace {
    /// A subdivision that has an alpha-2 code of its own.
    HasOwnCode(String),
    /// A code that another one stands for.
    Mistaken(&'static str),
    /// No such place; the nearest one.
    Unknown(Option<String>),
}

/// The known codes: those of ISO 3166, of the law book, and of the register itself.
#[derive(Debug)]
pub struct Codes {
    names: HashMap<Code, Box<str>>,
}

impl Default for Codes {
    fn default() -> Self {
        let rows = COUNTRIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let names =
            rows.chain(OF_THE_BOOK).filter_map(|(code, name)| Some((Code::shaped(code)?, name.into()))).collect();
        Self { names }
    }
}

impl Codes {
    /// Adds a place that the register defines; false unless its code is one that a register may
    /// define (`XA` to `XZ`, or below a known code).
    pub fn define(&mut self, text: &str, name: &str) -> bool {
        let Some(code) = Code::shaped(text) else { return false };
        let is_free = text.len() == 2 && text.starts_with('X') && text.as_bytes()[1].is_ascii_uppercase();
        let is_below = code.country().is_some_and(|country| self.names.contains_key(&country));
        let allowed = (is_free || is_below) && own_code(text).is_none();
        if allowed {
            self.names.entry(code).or_insert_with(|| name.into());
        }
        allowed
    }

    /// The code of a text, if it is a known place.
    ///
    /// # Errors
    /// Why it is none.
    pub fn check(&self, text: &str) -> Result<Code, NotAPlace> {
        let shaped = Code::shaped(text);
        if let Some(code) = shaped.filter(|code| self.names.contains_key(code)) {
            return Ok(code);
        }
        if let Some(own) = own_code(&text.to_uppercase()) {
            return Err(NotAPlace::HasOwnCode(own.to_owned()));
        }
        if let Some(code) = shaped.filter(|_| is_subdivision(text)) {
            return Ok(code);
        }
        let upper = text.to_uppercase();
        if let Some((_, meant)) = MISTAKEN.iter().find(|(wrong, _)| *wrong == upper) {
            return Err(NotAPlace::Mistaken(meant));
        }
        if upper != text && self.check(&upper).is_ok() {
            return Err(NotAPlace::Unknown(Some(upper)));
        }
        Err(NotAPlace::Unknown(self.nearest(text, &upper)))
    }

    /// The name of a place; a subdivision is named after its country.
    #[must_use]
    pub fn name(&self, code: Code) -> &str {
        let named = self.names.get(&code).or_else(|| self.names.get(&code.country()?));
        named.map_or("", |name| name)
    }

    /// The nearest known code: by the name of a country, else by a letter.
    fn nearest(&self, text: &str, upper: &str) -> Option<String> {
        if text.len() > 64 {
            return None;
        }
        let code_of = |wanted: &str| {
            self.names.iter().filter(|(_, name)| name.eq_ignore_ascii_case(wanted)).map(|(code, _)| *code).min()
        };
        if let Some(code) = code_of(text) {
            return Some(code.to_string());
        }
        let country = upper.split('-').next().unwrap_or_default();
        if Code::shaped(country).is_some_and(|country| self.names.contains_key(&country)) {
            return Some(country.to_owned());
        }
        let names = self.names.values().map(|name| &**name);
        let near = crate::prose::nearest(text, names).filter(|_| text.len() > 3)?;
        code_of(near).map(|code| code.to_string())
    }
}

fn own_code(text: &str) -> Option<&'static str> {
    let rows = OWN_CODE.lines().filter_map(|line| line.split_once('\t'));
    rows.into_iter().find(|(subdivision, _)| *subdivision == text).map(|(_, own)| own)
}

fn is_subdivision(text: &str) -> bool {
    let Some((country, part)) = text.split_once('-') else { return false };
    let rows = SUBDIVISIONS.lines().filter_map(|line| line.split_once('\t'));
    rows.into_iter()
        .find(|(code, _)| *code == country)
        .is_some_and(|(_, parts)| parts.split(' ').any(|known| known == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<String, NotAPlace> {
        Codes::default().check(text).map(|code| code.to_string())
    }

    #[test]
    fn a_code_is_of_two_to_eight_capitals_digits_and_inner_hyphens() {
        for shaped in ["DE", "CA-QC", "EU-INST", "A1", "ABCDEFGH"] {
            assert_eq!(Code::shaped(shaped).map(|code| code.as_str().to_owned()).as_deref(), Some(shaped));
        }
        for bad in ["", "D", "ABCDEFGHI", "de", "D_E", "-DE", "DE-", "-", "Ü"] {
            assert_eq!(Code::shaped(bad), None, "{bad}");
        }
    }

    #[test]
    fn countries_subdivisions_and_codes_of_the_book_are_known() {
        for known in ["DE", "XK", "CA-QC", "US-CA", "AE-DIFC", "EPO", "EU-INST", "ZZ"] {
            assert_eq!(check(known).as_deref(), Ok(known));
        }
    }

    #[test]
    fn a_subdivision_with_a_code_of_its_own_is_refused_with_that_code() {
        for (wrong, own) in [("NL-CW", "CW"), ("FR-RE", "RE"), ("CN-HK", "HK"), ("US-PR", "PR")] {
            assert_eq!(check(wrong), Err(NotAPlace::HasOwnCode(own.into())), "{wrong}");
        }
    }

    #[test]
    fn what_was_meant_is_suggested() {
        assert_eq!(check("UK"), Err(NotAPlace::Mistaken("GB")));
        assert_eq!(check("EL"), Err(NotAPlace::Mistaken("GR")));
        assert_eq!(check("de"), Err(NotAPlace::Unknown(Some("DE".into()))));
        assert_eq!(check("Germany"), Err(NotAPlace::Unknown(Some("DE".into()))));
        assert_eq!(check("CA-XX"), Err(NotAPlace::Unknown(Some("CA".into()))));
        assert_eq!(check("QQ"), Err(NotAPlace::Unknown(None)));
        assert_eq!(check("QQ-XX"), Err(NotAPlace::Unknown(None)));
        assert_eq!(check("Timor-Lest"), Err(NotAPlace::Unknown(Some("TL".into()))));
        let mut codes = Codes::default();
        assert!(codes.define("XA", &"a".repeat(64)) && codes.define("XB", &"b".repeat(65)));
        assert_eq!(codes.check(&"A".repeat(64)), Err(NotAPlace::Unknown(Some("XA".into()))));
        assert_eq!(codes.check(&"B".repeat(65)), Err(NotAPlace::Unknown(None)), "no text is that long a name");
        assert_eq!(check("Germny"), Err(NotAPlace::Unknown(Some("DE".into()))));
        assert_eq!(check("Chle"), Err(NotAPlace::Unknown(Some("CL".into()))));
        assert_eq!(check("Per"), Err(NotAPlace::Unknown(None)), "three letters are near to many names");
        assert_eq!(check(&format!("Germny{}", " ".repeat(60))), Err(NotAPlace::Unknown(None)));
    }

    #[test]
    fn a_subdivision_counts_as_its_country_and_a_financial_centre_as_itself() {
        let code = |text| Code::shaped(text).expect("shaped");
        assert!(code("CA-QC").is_within(code("CA")));
        assert!(!code("CA").is_within(code("CA-QC")));
        assert!(!code("AE-DIFC").is_within(code("AE")));
    }

    #[test]
    fn a_register_defines_only_free_codes_and_places_below_known_ones() {
        let mut codes = Codes::default();
        assert!(codes.define("XA", "A ship") && codes.check("XA").is_ok());
        assert!(codes.define("DE-FREE", "A free zone") && codes.check("DE-FREE").is_ok());
        assert!(!codes.define("QQ", "Nowhere"));
        assert!(!codes.define("NL-CW", "Curaçao"));
    }
}
