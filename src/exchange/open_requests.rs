//! Open requests: those that are not answered yet.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{AnswerTo, OpenRequest, RequestKey};
use crate::interchange::InterchangeHeader;
use crate::transaction::TransactionRef;

/// The requests of practices that no transaction of an HA has answered yet.
///
/// A receipt does not close a request: receipts are matched by the [`Outbox`](crate::recep::Outbox). Source:
/// [facts 3.4](crate::reference::wire#s-3-4).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::InterchangeHeader;
/// use nhais_edifact::build::RequestedReason;
/// use nhais_edifact::exchange::OpenRequests;
/// use nhais_edifact::transaction::{Deduction, DeductionRequest};
/// use nhais_edifact::value::{DeductionReason, GpCode, InterchangeSequence, NhsNumber, TransactionSequence};
///
/// let now = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, 0).unwrap();
/// let (gp, patient) = (GpCode::from("7000015,T93"), NhsNumber::from("9990000077"));
/// let header = InterchangeHeader::new("KLM5", "ZQX1", now, InterchangeSequence::FIRST);
/// let (number, reason) = (TransactionSequence::new(2010)?, RequestedReason::Embarkation);
/// let request = DeductionRequest::draft(gp.clone(), patient.clone(), reason, now.date()).number(number).build()?;
/// let mut open = OpenRequests::default();
/// open.insert(&header, &request);
///
/// let header = InterchangeHeader::new("ZQX1", "KLM5", now, InterchangeSequence::FIRST);
/// let reason = DeductionReason::Embarkation;
/// let deduction = Deduction::draft("10900001".into(), gp, patient, reason, now.date()).build()?;
/// let answered = open.answered_by(&header, &deduction);
/// assert_eq!(answered[0].key.to_string(), "KLM5/2010");
/// assert!(open.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "Vec<OpenRequest<'static>>", into = "Vec<OpenRequest<'static>>")
)]
pub struct OpenRequests {
    requests: BTreeMap<RequestKey<'static>, OpenRequest<'static>>,
}

impl From<Vec<OpenRequest<'static>>> for OpenRequests {
    fn from(requests: Vec<OpenRequest<'static>>) -> Self {
        Self { requests: requests.into_iter().map(|request| (request.key.clone(), request)).collect() }
    }
}

impl From<OpenRequests> for Vec<OpenRequest<'static>> {
    fn from(open: OpenRequests) -> Self {
        open.requests.into_values().collect()
    }
}

impl OpenRequests {
    /// Records a transaction that is sent in an interchange with this header. One that only a receipt answers is not
    /// recorded.
    ///
    /// Returns an earlier request with the same key, which it replaces.
    pub fn insert<'t, 'm: 't>(
        &mut self,
        header: &InterchangeHeader<'m>,
        transaction: impl Into<TransactionRef<'t, 'm>>,
    ) -> Option<OpenRequest<'static>> {
        let request = OpenRequest::of(header, transaction)?.into_owned();
        self.requests.insert(request.key.clone(), request)
    }

    /// Removes and returns the requests that a transaction in an interchange with this header answers.
    ///
    /// There are several if a practice asked more than once for the deduction of a patient. An unsolicited transaction
    /// answers none, and neither does a repeated answer.
    pub fn answered_by<'t, 'm: 't>(
        &mut self,
        header: &InterchangeHeader<'m>,
        transaction: impl Into<TransactionRef<'t, 'm>>,
    ) -> Vec<OpenRequest<'static>> {
        let Some(answer) = AnswerTo::of(header, transaction) else { return Vec::new() };
        let keys: Vec<_> = match &answer {
            AnswerTo::Acceptance(key) | AnswerTo::DeductionRequest { key, .. } => Vec::from([key.clone().into_owned()]),
            AnswerTo::DeductionOf { practice, .. } => {
                let first = RequestKey { practice: practice.clone().into_owned(), number: 0 };
                let of_practice = self.requests.range(first..).take_while(|(key, _)| key.practice == *practice);
                of_practice.map(|(key, _)| key.clone()).collect()
            }
        };
        let is_answered =
            |key: &RequestKey<'static>| self.requests.get(key).is_some_and(|open| answer.answers_open(open));
        let answered: Vec<_> = keys.into_iter().filter(is_answered).collect();
        answered.iter().filter_map(|key| self.requests.remove(key)).collect()
    }

    /// The request with this key.
    pub fn get(&self, key: &RequestKey<'_>) -> Option<&OpenRequest<'static>> {
        self.requests.get(&key.clone().into_owned())
    }

    /// Removes and returns a request.
    pub fn remove(&mut self, key: &RequestKey<'_>) -> Option<OpenRequest<'static>> {
        self.requests.remove(&key.clone().into_owned())
    }

    /// The requests, by practice and number.
    pub fn iter(&self) -> impl Iterator<Item = &OpenRequest<'static>> {
        self.requests.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.requests.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}
