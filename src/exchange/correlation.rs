//! Correlation: which answer belongs to which request.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::interchange::InterchangeHeader;
use crate::transaction::{Person, TransactionRef};
use crate::value::{NhsNumber, PreparationTime, TradingPartnerCode, TransactionType};

/// The key of a practice's request: the practice and the number.
///
/// A practice numbers its transactions in one series for all its HAs. Source: [facts 3.4](crate::reference::wire#s-3-4)
/// and [8](crate::reference::wire#s-8).
///
/// ```
/// use nhais_edifact::exchange::RequestKey;
/// use std::collections::HashMap;
///
/// let mut open: HashMap<RequestKey<'static>, &str> = HashMap::new();
/// open.insert(RequestKey { practice: "KLM5".into(), number: 2005 }, "an acceptance");
///
/// // As text, also of a key in JSON, it is both with a slash between.
/// let key: RequestKey<'_> = "KLM5/2005".parse()?;
/// assert_eq!((open[&key], key.to_string().as_str()), ("an acceptance", "KLM5/2005"));
/// # Ok::<(), nhais_edifact::exchange::NoRequestKey>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct RequestKey<'a> {
    /// The practice's partner code, in UNB.
    pub practice: TradingPartnerCode<'a>,
    /// The number of the transaction, `RFF+TN`.
    pub number: u64,
}

impl<'a> RequestKey<'a> {
    /// The key of a transaction that another one answers: an acceptance or a deduction request, in an interchange with
    /// this header. `None` for other transactions, and without a number.
    pub fn of<'t, 'm: 't>(
        header: &InterchangeHeader<'a>,
        transaction: impl Into<TransactionRef<'t, 'm>>,
    ) -> Option<Self> {
        let transaction = transaction.into();
        let is_answered = matches!(transaction, TransactionRef::Acceptance(_) | TransactionRef::DeductionRequest(_));
        if is_answered { Self::new(&header.sender, transaction) } else { None }
    }

    fn new(practice: &TradingPartnerCode<'a>, transaction: TransactionRef<'_, '_>) -> Option<Self> {
        let number = transaction.number()?.number()?;
        Some(Self { practice: practice.clone(), number })
    }

    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> RequestKey<'static> {
        RequestKey { practice: self.practice.into_owned(), number: self.number }
    }
}

impl fmt::Display for RequestKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.practice, self.number)
    }
}

/// A text that is no [`RequestKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a partner code, a slash and a number, but found another text")]
pub struct NoRequestKey;

impl FromStr for RequestKey<'_> {
    type Err = NoRequestKey;

    fn from_str(text: &str) -> Result<Self, NoRequestKey> {
        // The code may be any text.
        let (practice, number) = text.rsplit_once('/').ok_or(NoRequestKey)?;
        let number = Some(number).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let number = number.and_then(|number| number.parse().ok()).ok_or(NoRequestKey)?;
        Ok(Self { practice: String::from(practice).into(), number })
    }
}

impl TryFrom<String> for RequestKey<'_> {
    type Error = NoRequestKey;

    fn try_from(text: String) -> Result<Self, NoRequestKey> {
        text.parse()
    }
}

impl From<RequestKey<'_>> for String {
    fn from(key: RequestKey<'_>) -> Self {
        alloc::format!("{key}")
    }
}

/// A request of a practice that an HA answers by a transaction, with what identifies the answer.
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::InterchangeHeader;
/// use nhais_edifact::build::RequestedReason;
/// use nhais_edifact::exchange::OpenRequest;
/// use nhais_edifact::transaction::DeductionRequest;
/// use nhais_edifact::value::{GpCode, InterchangeSequence, NhsNumber, TransactionSequence};
///
/// let now = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, 0).unwrap();
/// let header = InterchangeHeader::new("KLM5", "ZQX1", now, InterchangeSequence::FIRST);
/// let (number, patient) = (TransactionSequence::new(2010)?, NhsNumber::from("9990000077"));
/// let reason = RequestedReason::Embarkation;
/// let request = DeductionRequest::draft(GpCode::from("7000015,T93"), patient, reason, now.date()).number(number).build()?;
///
/// let open = OpenRequest::of(&header, &request).unwrap();
/// assert_eq!((open.key.to_string(), open.prepared.to_string()), ("KLM5/2010".into(), "240318:0907".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct OpenRequest<'a> {
    /// Its key.
    pub key: RequestKey<'a>,
    /// An acceptance or a deduction request.
    pub transaction_type: TransactionType,
    /// The patient's NHS number, if it gives one.
    pub patient: Option<NhsNumber<'a>>,
    /// When its interchange was prepared.
    pub prepared: PreparationTime<'a>,
}

impl<'a> OpenRequest<'a> {
    /// The request in an interchange with this header; `None` if no transaction answers it, or if it has no number.
    pub fn of<'t>(header: &InterchangeHeader<'a>, transaction: impl Into<TransactionRef<'t, 'a>>) -> Option<Self>
    where
        'a: 't,
    {
        let transaction = transaction.into();
        let patient = match transaction {
            TransactionRef::Acceptance(acceptance) => &acceptance.patient,
            TransactionRef::DeductionRequest(request) => &request.patient,
            _ => return None,
        };
        Some(Self {
            key: RequestKey::new(&header.sender, transaction)?,
            transaction_type: transaction.transaction_type()?,
            patient: number_of(patient.as_ref()),
            prepared: header.prepared.clone(),
        })
    }

    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> OpenRequest<'static> {
        OpenRequest {
            key: self.key.into_owned(),
            transaction_type: self.transaction_type,
            patient: self.patient.map(NhsNumber::into_owned),
            prepared: self.prepared.into_owned(),
        }
    }
}

/// The request that a transaction of an HA answers.
///
/// Source: [facts 3.4](crate::reference::wire#s-3-4). Amendments and removals have no answer but the receipt; an FP69
/// flag removal that follows an amendment cannot be recognised as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AnswerTo<'a> {
    /// An approval or a rejection answers the acceptance with this key.
    Acceptance(RequestKey<'a>),
    /// A rejection of a deduction request answers the one with this key and this patient. Data suggest, but no document
    /// says, that it quotes the number of the request; so the patient must match, too.
    DeductionRequest {
        /// The key of the request.
        key: RequestKey<'a>,
        /// The patient.
        patient: NhsNumber<'a>,
    },
    /// A deduction, which has a number of its own, may answer a deduction request of this practice for this patient. It
    /// may also answer none.
    DeductionOf {
        /// The practice's partner code, in UNB.
        practice: TradingPartnerCode<'a>,
        /// The patient.
        patient: NhsNumber<'a>,
    },
}

impl<'a> AnswerTo<'a> {
    /// The request that a transaction of an HA answers, in an interchange with this header; `None` if it is no answer,
    /// or lacks what identifies the request.
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
    pub fn of<'t>(header: &InterchangeHeader<'a>, transaction: impl Into<TransactionRef<'t, 'a>>) -> Option<Self>
    where
        'a: 't,
    {
        let (practice, transaction) = (&header.recipient, transaction.into());
        match transaction {
            TransactionRef::Approval(_) | TransactionRef::Rejection(_) => {
                RequestKey::new(practice, transaction).map(Self::Acceptance)
            }
            TransactionRef::DeductionRequestRejection(rejection) => Some(Self::DeductionRequest {
                key: RequestKey::new(practice, transaction)?,
                patient: number_of(rejection.patient.as_ref())?,
            }),
            TransactionRef::Deduction(deduction) => {
                Some(Self::DeductionOf { practice: practice.clone(), patient: number_of(deduction.patient.as_ref())? })
            }
            _ => None,
        }
    }

    /// Copies the text, so that the value is independent of the input.
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
    pub fn answers<'t, 'm: 't>(
        &self,
        header: &InterchangeHeader<'m>,
        request: impl Into<TransactionRef<'t, 'm>>,
    ) -> bool {
        OpenRequest::of(header, request).is_some_and(|request| self.answers_open(&request))
    }

    /// Whether it answers an open request.
    pub fn answers_open(&self, request: &OpenRequest<'_>) -> bool {
        let is_of = |patient: &NhsNumber<'_>| request.patient.as_ref() == Some(patient);
        match (self, &request.transaction_type) {
            (Self::Acceptance(key), TransactionType::Acceptance) => *key == request.key,
            (Self::DeductionRequest { key, patient }, TransactionType::DeductionRequest) => {
                *key == request.key && is_of(patient)
            }
            (Self::DeductionOf { practice, patient }, TransactionType::DeductionRequest) => {
                *practice == request.key.practice && is_of(patient)
            }
            _ => false,
        }
    }
}

/// Does not show the patient.
impl fmt::Display for AnswerTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Acceptance(key) => write!(f, "answers the acceptance {key}"),
            Self::DeductionRequest { key, .. } => write!(f, "answers the deduction request {key}"),
            Self::DeductionOf { practice, .. } => write!(f, "may answer a deduction request of {practice}"),
        }
    }
}

/// A blank number counts as none.
fn number_of<'a>(patient: Option<&Person<'a>>) -> Option<NhsNumber<'a>> {
    patient.and_then(Person::nhs_number).filter(|number| !number.as_str().trim_matches(' ').is_empty()).cloned()
}
