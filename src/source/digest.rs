//! What bytes say, in 32 of them: with the same digest, they are the same bytes (SHA-256).

use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes; shown as 64 lower-case hexadecimal digits, and read from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of all that can be read, and how many bytes that was.
    ///
    /// # Errors
    /// When reading fails.
    pub fn of_all(mut bytes: impl Read) -> io::Result<(u64, Self)> {
        let (mut hasher, mut buffer, mut size) = (Sha256::new(), vec![0; 1 << 16], 0u64);
        loop {
            let read = bytes.read(&mut buffer)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
            hasher.update(part);
            size += part.len() as u64;
        }
        Ok((size, Self(hasher.finalize().into())))
    }

    /// The digest of a file's bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self::of_all(File::open(path)?)?.1)
    }
}

impl Display for Digest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl FromStr for Digest {
    type Err = ();

    fn from_str(digits: &str) -> Result<Self, ()> {
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() != 64 || !digits.as_bytes().iter().all(is_digit) {
            return Err(());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| ())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| ())?;
        }
        Ok(Self(bytes))
    }
}

/// A digest of several things in their order: where one ends and the next begins counts too.
#[derive(Clone, Debug, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Adds a thing.
    pub fn add(&mut self, thing: impl AsRef<[u8]>) {
        let bytes = thing.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// The digest of what was added.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_one_that_everybody_knows_and_reads_back() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_string(), known);
        assert_eq!(known.parse(), Ok(digest));
        assert_eq!(Digest::of_all(&b"abc"[..]).ok(), Some((3, digest)));
        for bad in [&known[1..], &known.to_uppercase(), &known.replace('b', "g"), &format!("{known}0")] {
            assert_eq!(bad.parse::<Digest>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn where_a_thing_ends_counts() {
        let of = |things: &[&str]| {
            let mut digester = Digester::default();
            for thing in things {
                digester.add(thing);
            }
            digester.finish()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab", ""]), of(&["ab"]));
    }
}
