//! Numbers of rows, keys and statements: `u32` newtypes, so that a slot is never taken for a local number.

/// What is stored as a `u32`.
pub(crate) trait Raw: Copy {
    fn from_u32(number: u32) -> Self;
    fn to_u32(self) -> u32;
}

/// A number that counts from 0. `u32::MAX` is never given out: [`Opt`] uses it.
pub(crate) trait Id: Raw + PartialEq {
    /// The number of the element at `index`.
    #[inline]
    fn new(index: usize) -> Self {
        Self::from_u32(index as u32)
    }

    /// The position in a list.
    #[inline]
    fn index(self) -> usize {
        self.to_u32() as usize
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(u32);

        impl Raw for $name {
            #[inline]
            fn from_u32(number: u32) -> Self {
                Self(number)
            }

            #[inline]
            fn to_u32(self) -> u32 {
                self.0
            }
        }

        impl Id for $name {}
    };
}

id!(
    /// A stored row: its place in the store of its entity.
    Slot
);
id!(
    /// A row's local number: its place in a load node, or in a part of a batch, in the order in which rows are first met.
    Local
);
id!(
    /// A key's place in the key set of its batch.
    KeyNo
);
id!(
    /// Where the edges of a batch's part start: at a key for the head, at a row of the part above for all others.
    ParentNo
);
id!(
    /// A statement's place in its run.
    StatementNo
);
id!(
    /// A load that a session remembers.
    LoadNo
);
id!(
    /// An answer's place in its load.
    AnswerNo
);
id!(
    /// A source of borrowed rows.
    SourceNo
);

impl From<KeyNo> for ParentNo {
    #[inline]
    fn from(key: KeyNo) -> Self {
        Self(key.0)
    }
}

impl From<Local> for ParentNo {
    #[inline]
    fn from(row: Local) -> Self {
        Self(row.0)
    }
}

/// An optional number in four bytes: `Option<T>` takes eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Opt<T>(T);

impl<T: Id> Opt<T> {
    #[inline]
    pub(crate) fn none() -> Self {
        Self::from_u32(u32::MAX)
    }

    #[inline]
    pub(crate) fn some(number: T) -> Self {
        Self(number)
    }

    #[inline]
    pub(crate) fn get(self) -> Option<T> {
        self.is_some().then_some(self.0)
    }

    #[inline]
    pub(crate) fn is_some(self) -> bool {
        self.to_u32() != u32::MAX
    }

    #[inline]
    pub(crate) fn map<U: Id>(self, convert: impl FnOnce(T) -> U) -> Opt<U> {
        self.get().map_or_else(Opt::none, |number| Opt::some(convert(number)))
    }
}

impl<T: Id> Default for Opt<T> {
    fn default() -> Self {
        Self::none()
    }
}

impl<T: Id> From<Option<T>> for Opt<T> {
    #[inline]
    fn from(number: Option<T>) -> Self {
        number.map_or_else(Self::none, Self::some)
    }
}

impl<T: Id> Raw for Opt<T> {
    #[inline]
    fn from_u32(number: u32) -> Self {
        Self(T::from_u32(number))
    }

    #[inline]
    fn to_u32(self) -> u32 {
        self.0.to_u32()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_number_takes_four_bytes() {
        assert_eq!(size_of::<Opt<Slot>>(), 4);
        assert_eq!(Opt::some(Slot::new(7)).get(), Some(Slot::new(7)));
        assert_eq!((Opt::<Slot>::none().get(), Opt::<Slot>::default().is_some()), (None, false));
        assert_eq!(Opt::some(KeyNo::new(3)).map(ParentNo::from).get(), Some(ParentNo::new(3)));
        assert_eq!(Opt::from(None::<Local>), Opt::none());
    }
}
