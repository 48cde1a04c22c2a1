//! Counts what reading and writing cost, so that tests can say how it grows with the input. Outside unit tests nothing
//! is counted.
//!
//! One step is a byte looked at, copied or moved, or a mark, a component or a segment visited.

#[cfg(test)]
std::thread_local! {
    static DONE: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

/// Adds to the count.
#[cfg(test)]
pub(crate) fn count(count: usize) {
    DONE.with(|done| done.set(done.get() + count as u64));
}

/// Does nothing outside of unit tests.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn count(_: usize) {}

#[cfg(test)]
mod tests;
