//! Which answer belongs to which request.

use crate::interchange::InterchangeHeader;
use crate::transaction::{Person, Transaction};
use crate::value::{NhsNumber, TradingPartnerCode};

/// What tells a request of a practice from all others: the practice and the number.
///
/// A practice numbers its transactions in one series for all its HAs. Source: facts 3.4 and 8.
///
/// ```
/// use nhais_edifact::exchange::RequestKey;
/// use std::collections::HashMap;
///
/// let mut open: HashMap<RequestKey<'static>, &str> = HashMap::new();
/// open.insert(RequestKey { practice: "KLM5".into(), number: 2005 }, "an acceptance");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RequestKey<'a> {
    /// The practice's partner code, in UNB.
    pub practice: TradingPartnerCode<'a>,
    /// The number of the transaction, `RFF+TN`.
    pub number: u64,
}

impl<'a> RequestKey<'a> {
    /// The key of a transaction that is answered by others: an acceptance or a deduction request, in an interchange with
    /// this header. `None` for any other, and if it has no number.
    pub fn of(header: &InterchangeHeader<'a>, transaction: &Transaction<'_>) -> Option<Self> {
        match transaction {
            Transaction::Acceptance(_) | Transaction::DeductionRequest(_) => Self::new(&header.sender, transaction),
            _ => None,
        }
    }

    fn new(practice: &TradingPartnerCode<'a>, transaction: &Transaction<'_>) -> Option<Self> {
        let number = transaction.number()?.number()?;
        Some(Self { practice: practice.clone(), number })
    }

    /// The same, independent of the input.
    pub fn into_owned(self) -> RequestKey<'static> {
        RequestKey { practice: self.practice.into_owned(), number: self.number }
    }
}

/// What a transaction of an HA answers.
///
/// Source: facts 3.4. Amendments and removals have no answer but the receipt; that an FP69 flag removal follows an
/// amendment cannot be told from it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerTo<'a> {
    /// An approval or a rejection answers the acceptance with this key.
    Acceptance(RequestKey<'a>),
    /// A rejection of a deduction request answers the one with this key, and of this patient. That it quotes the number
    /// of the request is not documented, only suggested by data; so the patient must be the same too.
    DeductionRequest {
        /// The key of the request.
        key: RequestKey<'a>,
        /// The patient.
        patient: NhsNumber<'a>,
    },
    /// A deduction may answer a deduction request of this practice for this patient; it has a number of its own. It may
    /// also answer none.
    DeductionOf {
        /// The practice's partner code, in UNB.
        practice: TradingPartnerCode<'a>,
        /// The patient.
        patient: NhsNumber<'a>,
    },
}

impl<'a> AnswerTo<'a> {
    /// What a transaction of an HA, in an interchange with this header, answers; `None` if it is no answer, or lacks
    /// what would tell.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::InterchangeHeader;
    /// use nhais_edifact::exchange::{AnswerTo, RequestKey};
    /// use nhais_edifact::transaction::Rejection;
    /// use nhais_edifact::value::{GpCode, InterchangeSequence};
    ///
    /// let now = NaiveDate::from_ymd_opt(2024, 3, 28).unwrap().and_hms_opt(9, 15, 0).unwrap();
    /// let header = InterchangeHeader::new("ZQX1", "KLM5", now, InterchangeSequence::FIRST);
    /// let rejection = Rejection::draft("2004".into(), GpCode::from("7000015,T93"), "TRY ZQ").build()?;
    /// let key = RequestKey { practice: "KLM5".into(), number: 2004 };
    /// assert_eq!(AnswerTo::of(&header, &rejection), Some(AnswerTo::Acceptance(key)));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn of(header: &InterchangeHeader<'a>, transaction: &Transaction<'a>) -> Option<Self> {
        let practice = &header.recipient;
        match transaction {
            Transaction::Approval(_) | Transaction::Rejection(_) => {
                RequestKey::new(practice, transaction).map(Self::Acceptance)
            }
            Transaction::DeductionRequestRejection(rejection) => Some(Self::DeductionRequest {
                key: RequestKey::new(practice, transaction)?,
                patient: number_of(rejection.patient.as_ref())?,
            }),
            Transaction::Deduction(deduction) => {
                Some(Self::DeductionOf { practice: practice.clone(), patient: number_of(deduction.patient.as_ref())? })
            }
            _ => None,
        }
    }

    /// The same, independent of the input.
    pub fn into_owned(self) -> AnswerTo<'static> {
        match self {
            Self::Acceptance(key) => AnswerTo::Acceptance(key.into_owned()),
            Self::DeductionRequest { key, patient } => {
                AnswerTo::DeductionRequest { key: key.into_owned(), patient: patient.into_owned() }
            }
            Self::DeductionOf { practice, patient } => {
                AnswerTo::DeductionOf { practice: practice.into_owned(), patient: patient.into_owned() }
            }
        }
    }

    /// Whether it answers a transaction of a practice, sent in an interchange with this header.
    pub fn answers(&self, header: &InterchangeHeader<'_>, request: &Transaction<'_>) -> bool {
        let has_key = |key: &RequestKey<'_>| RequestKey::of(header, request).is_some_and(|own| own == *key);
        match (self, request) {
            (Self::Acceptance(key), Transaction::Acceptance(_)) => has_key(key),
            (Self::DeductionRequest { key, patient }, Transaction::DeductionRequest(request)) => {
                has_key(key) && number_of(request.patient.as_ref()).is_some_and(|own| own == *patient)
            }
            (Self::DeductionOf { practice, patient }, Transaction::DeductionRequest(request)) => {
                practice.as_str() == header.sender.as_str()
                    && number_of(request.patient.as_ref()).is_some_and(|own| own == *patient)
            }
            _ => false,
        }
    }
}

/// A blank number is none.
fn number_of<'a>(patient: Option<&Person<'a>>) -> Option<NhsNumber<'a>> {
    patient.and_then(Person::nhs_number).filter(|number| !number.as_str().trim_matches(' ').is_empty()).cloned()
}
