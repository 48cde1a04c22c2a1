//! Counts work, so that tests can say how it grows with the input. Outside unit tests nothing is counted.
//!
//! A unit of work is a byte looked at, copied or moved, or a mark, a component or a segment visited.

#[cfg(test)]
std::thread_local! {
    static DONE: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

/// Notes so much work.
#[cfg(test)]
pub(crate) fn note(count: usize) {
    DONE.with(|done| done.set(done.get() + count as u64));
}

/// Notes nothing.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn note(_: usize) {}

#[cfg(test)]
mod tests;
