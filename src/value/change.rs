//! Changes: the items of an amendment, each unchanged, replaced or erased.

use super::IntoOwned;

/// The erase marker: a component that is exactly this, in an erasable item of an amendment.
pub(crate) const ERASE: &str = "%";

/// What an amendment does to an item.
///
/// Wire form: absent, a value, or `%`. Only G2 and F1 have it, and only for items that can be erased.
///
/// Source: [facts 3.6](crate::reference::wire#s-3-6).
///
/// ```
/// use nhais_edifact::value::Change;
///
/// let title = Change::To("DR");
/// assert_eq!(title.value(), Some(&"DR"));
/// assert!(!title.is_unchanged());
/// assert_eq!(Change::<&str>::default(), Change::Unchanged);
/// assert_eq!(Change::<&str>::from(None), Change::Unchanged);
/// assert_eq!(title.map(str::len), Change::To(2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Change<T> {
    /// The stored value stays.
    #[default]
    Unchanged,
    /// The stored value is replaced.
    To(T),
    /// The stored value is erased.
    Erased,
}

impl<T> Change<T> {
    /// Whether the item is unchanged.
    pub fn is_unchanged(&self) -> bool {
        matches!(self, Self::Unchanged)
    }

    /// The new value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::To(value) => Some(value),
            _ => None,
        }
    }

    /// Borrows the value.
    pub fn as_ref(&self) -> Change<&T> {
        match self {
            Self::Unchanged => Change::Unchanged,
            Self::To(value) => Change::To(value),
            Self::Erased => Change::Erased,
        }
    }

    /// Applies a function to the new value, if there is one.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Unchanged => Change::Unchanged,
            Self::To(value) => Change::To(map(value)),
            Self::Erased => Change::Erased,
        }
    }
}

/// `Some` is a new value, `None` changes nothing.
impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unchanged, Self::To)
    }
}

/// The new value; an erased item becomes `None`.
impl<T> From<Change<T>> for Option<T> {
    fn from(item: Change<T>) -> Self {
        match item {
            Change::To(value) => Some(value),
            Change::Unchanged | Change::Erased => None,
        }
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Self::To(value)
    }
}

impl<T: IntoOwned> IntoOwned for Change<T> {
    type Owned = Change<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

/// A line of the complete new address that an amendment gives.
///
/// Wire form: an empty component, text, or `%`. Blank and erased both leave the line empty; the difference is kept.
///
/// Source: [facts 3.6](crate::reference::wire#s-3-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Line<T> {
    /// The line of the new address is blank.
    #[default]
    Blank,
    /// The line of the new address.
    To(T),
    /// The stored line is erased.
    Erased,
}

impl<T> Line<T> {
    /// Whether the component is empty.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// The text, if there is any.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::To(value) => Some(value),
            _ => None,
        }
    }

    /// Borrows the value.
    pub fn as_ref(&self) -> Line<&T> {
        match self {
            Self::Blank => Line::Blank,
            Self::To(value) => Line::To(value),
            Self::Erased => Line::Erased,
        }
    }

    /// Applies a function to the new value, if there is one.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Line<U> {
        match self {
            Self::Blank => Line::Blank,
            Self::To(value) => Line::To(map(value)),
            Self::Erased => Line::Erased,
        }
    }
}

/// `Some` is a new value, `None` changes nothing.
impl<T> From<Option<T>> for Line<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Self::To)
    }
}

/// The new value; an erased item becomes `None`.
impl<T> From<Line<T>> for Option<T> {
    fn from(item: Line<T>) -> Self {
        match item {
            Line::To(value) => Some(value),
            Line::Blank | Line::Erased => None,
        }
    }
}

impl<T> From<T> for Line<T> {
    fn from(value: T) -> Self {
        Self::To(value)
    }
}

impl<T: IntoOwned> IntoOwned for Line<T> {
    type Owned = Line<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}
