//! What most records do not have: no larger than a pointer where there is none of it.

use std::ops::{Deref, DerefMut};

/// Fields that few records have. To read them where there are none is to read blank ones; to write one
/// makes room for all.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Box<T>>);

/// Fields that can be blank.
pub trait Blank: Default {
    /// All of them, blank.
    fn blank<'b>() -> &'b Self;
}

impl<T> Rare<T> {
    /// The fields made others, if there are any.
    #[must_use]
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Rare<U> {
        Rare(self.0.map(|fields| Box::new(make(*fields))))
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::blank())
    }
}

impl<T: Blank> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}
