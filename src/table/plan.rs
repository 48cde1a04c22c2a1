//! Plans: which segments a group has, in which order, and how it needs them.

use super::{Key, Layout};

/// How a group needs a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    Mandatory,
    Optional,
    /// Mandatory to write, optional to read.
    OptionalOnReading,
    /// A trigger: present when any step that follows it, up to the next trigger, is present.
    Trigger,
    /// Not allowed.
    Never,
    /// Not checked, because the variant is not known.
    Unknown,
    /// By variant: `M` mandatory, `O` optional, `X` never, `?` unknown.
    ByVariant(&'static str),
}

impl Need {
    /// How the segment is needed in a variant of the plan.
    #[inline]
    pub(crate) const fn in_variant(self, variant: usize) -> Self {
        let Self::ByVariant(variants) = self else { return self };
        if variant >= variants.len() {
            return Self::Unknown;
        }
        match variants.as_bytes()[variant] {
            b'M' => Self::Mandatory,
            b'O' => Self::Optional,
            b'X' => Self::Never,
            _ => Self::Unknown,
        }
    }
}

/// One segment of a plan.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) layout: &'static Layout,
    pub(crate) key: Key,
    pub(crate) need: Need,
}

impl Step {
    pub(crate) const fn new(layout: &'static Layout, need: Need) -> Self {
        Self { layout, key: layout.key, need }
    }
}

/// A set of steps of a plan.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Steps(u64);

impl Steps {
    #[inline]
    pub(crate) const fn with(self, step: usize) -> Self {
        Self(self.0 | 1 << step)
    }

    #[inline]
    pub(crate) const fn with_if(self, step: usize, condition: bool) -> Self {
        Self(self.0 | (condition as u64) << step)
    }

    /// Whether all of them stand before a step.
    #[inline]
    pub(super) const fn end_before(self, step: usize) -> bool {
        self.0 >> step == 0
    }

    /// The last step of the set; the first of the plan if the set is empty.
    pub(super) const fn last(self) -> usize {
        (u64::BITS - 1).saturating_sub(self.0.leading_zeros()) as usize
    }

    #[inline]
    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    #[inline]
    pub(crate) const fn has(self, step: usize) -> bool {
        self.0 & 1 << step != 0
    }

    #[inline]
    pub(crate) const fn has_any_of(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) const fn has_all_of(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A trigger, and the steps that it introduces.
#[derive(Clone, Copy)]
struct Introduction {
    trigger: Steps,
    introduced: Steps,
}

/// How a variant of a plan needs its steps, as sets, so that a few comparisons check all of them.
#[derive(Clone, Copy)]
pub(crate) struct Needs {
    /// Mandatory when reading.
    pub(crate) mandatory: Steps,
    /// Mandatory when writing.
    mandatory_to_write: Steps,
    introductions: [Introduction; TRIGGERS],
    pub(super) never: Steps,
    pub(super) unknown: Steps,
}

impl Needs {
    /// The needs of each variant of a plan.
    pub(super) const fn of(plan: &[Step]) -> [Self; VARIANTS] {
        let none = Steps(0);
        let introductions = [Introduction { trigger: none, introduced: none }; TRIGGERS];
        let none = Self { mandatory: none, mandatory_to_write: none, introductions, never: none, unknown: none };
        let mut variants = [none; VARIANTS];
        let mut variant = 0;
        while variant < VARIANTS {
            let (mut step, mut trigger) = (0, 0);
            while step < plan.len() {
                variants[variant] = variants[variant].with(plan[step].need.in_variant(variant), step);
                if matches!(plan[step].need, Need::Trigger) {
                    let introduction = Introduction { trigger: Steps(0).with(step), introduced: reasons(plan, step) };
                    variants[variant].introductions[trigger] = introduction;
                    trigger += 1;
                }
                step += 1;
            }
            variant += 1;
        }
        variants
    }

    /// Adds a step.
    const fn with(mut self, need: Need, step: usize) -> Self {
        match need {
            Need::Mandatory => {
                self.mandatory = self.mandatory.with(step);
                self.mandatory_to_write = self.mandatory_to_write.with(step);
            }
            Need::OptionalOnReading => self.mandatory_to_write = self.mandatory_to_write.with(step),
            Need::Never => self.never = self.never.with(step),
            Need::Optional | Need::Trigger => {}
            Need::Unknown | Need::ByVariant(_) => self.unknown = self.unknown.with(step),
        }
        self
    }

    /// Whether a group with exactly these segments, each with content, needs no report: nothing mandatory is missing,
    /// nothing is forbidden, and every trigger introduces something.
    #[inline]
    pub(super) fn allow_to_read(&self, seen: Steps) -> bool {
        let is_balanced = |one: &Introduction| seen.has_any_of(one.trigger) == seen.has_any_of(one.introduced);
        let none_is_surplus = !seen.has_any_of(self.never) && !seen.has_any_of(self.unknown);
        none_is_surplus && seen.has_all_of(self.mandatory) && self.introductions.iter().all(is_balanced)
    }

    /// Whether a group may be written in which these steps are present.
    #[inline]
    pub(super) const fn allow_to_write(&self, present: Steps) -> bool {
        present.has_all_of(self.mandatory_to_write) && !present.has_any_of(self.never)
    }
}

/// The most variants that a plan has.
pub(super) const VARIANTS: usize = 6;

/// The most triggers that a plan has.
const TRIGGERS: usize = 2;

/// A segment is written if any of these steps is present: itself, or, for a trigger, the steps it introduces.
#[inline]
pub(super) const fn reasons(plan: &[Step], step: usize) -> Steps {
    if !matches!(plan[step].need, Need::Trigger) {
        return Steps(0).with(step);
    }
    let mut reasons = Steps(0);
    let mut next = step + 1;
    while next < plan.len() && !matches!(plan[next].need, Need::Trigger) {
        reasons = reasons.with(next);
        next += 1;
    }
    reasons
}

/// Which step of a plan a segment belongs to.
pub(super) enum StepMatch {
    Step(usize),
    /// Its step has been read already.
    Repeated,
    None,
}

/// The step of a segment, searched for from the step of the last one onwards.
#[inline]
pub(super) fn match_step(plan: &[Step], key: Key, from: usize, seen: Steps) -> StepMatch {
    for (step, other) in plan.iter().enumerate().skip(from) {
        if other.key == key && !seen.has(step) {
            return StepMatch::Step(step);
        }
    }
    match_step_before(plan, key, seen)
}

/// The step of a segment that is out of order.
#[cold]
fn match_step_before(plan: &[Step], key: Key, seen: Steps) -> StepMatch {
    let mut steps = (0..plan.len()).filter(|step| plan[*step].key == key).peekable();
    let known = steps.peek().is_some();
    match steps.find(|step| !seen.has(*step)) {
        Some(step) => StepMatch::Step(step),
        None if known => StepMatch::Repeated,
        None => StepMatch::None,
    }
}
