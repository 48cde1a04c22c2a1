//! Puts transactions together to an interchange.

use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime};

use crate::error::{Error, ErrorKind, Found, Location};
use crate::exchange::{Numbering, TransactionNumbering};
use crate::interchange::{Interchange, InterchangeHeader, Message, Registration};
use crate::issue::Issue;
use crate::options::WriteOptions;
use crate::segment::registration::{NadFhs, Rff950};
use crate::syntax::SegmentQualifier;
use crate::table::Table;
use crate::transaction::{CloseQuarterNotification, Transaction, Transactions};
use crate::value::{
    Date, DateTime, HaCipher, TradingPartnerCode, TransactionNumber, TransactionType, into_owned, owned_already,
};

/// An interchange that is being made: transactions, grouped into messages by type.
///
/// Messages stand in the order in which their types came first, transactions in the order in which they came.
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::build::InterchangeBuilder;
/// use nhais_edifact::exchange::{Numbering, TransactionNumbering};
/// use nhais_edifact::transaction::Removal;
/// use nhais_edifact::value::{GpCode, NhsNumber};
/// use nhais_edifact::WriteOptions;
///
/// // Both are stored between interchanges.
/// let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
///
/// let now = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, 0).unwrap();
/// let gp = GpCode::from("7000015,T93");
/// let patient = NhsNumber::from("9990000069");
/// let removal = Removal::draft(gp, patient, "MOVED 40 MILES AWAY").build()?;
///
/// let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now);
/// builder.push(removal)?;
/// let bytes = builder.finish(&mut numbering, &mut transactions, &WriteOptions::default())?.bytes;
/// assert!(bytes.starts_with(b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000001'"));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct InterchangeBuilder<'a> {
    practice: TradingPartnerCode<'a>,
    ha: HaCipher<'a>,
    /// The address of the HA, where it is not the usual link code.
    ha_code: Option<TradingPartnerCode<'a>>,
    /// Whether it goes to the HA.
    outbound: bool,
    prepared: NaiveDateTime,
    translated: DateTime<'a>,
    /// The messages, still without references.
    messages: Vec<Registration<'a>>,
}

/// A finished interchange: the model, the bytes to send, and issues to look at, as [`Interchange::encode_with`] reports
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded<'a> {
    /// The interchange.
    pub interchange: Interchange<'a>,
    /// Its wire form, `UNB … UNZ`.
    pub bytes: Vec<u8>,
    /// Issues that do not prevent sending.
    pub issues: Vec<Issue>,
}

owned_already!(u8, bool, NaiveDate, NaiveDateTime);
into_owned!(Encoded { interchange, bytes, issues });
into_owned!(InterchangeBuilder { practice, ha, ha_code, outbound, prepared, translated, messages });

impl<'a> InterchangeBuilder<'a> {
    /// An interchange from a practice to an HA, prepared at a time, which is UK local time.
    pub fn to_ha(
        practice: impl Into<TradingPartnerCode<'a>>,
        ha: impl Into<HaCipher<'a>>,
        prepared: NaiveDateTime,
    ) -> Self {
        Self {
            practice: practice.into(),
            ha: ha.into(),
            ha_code: None,
            outbound: true,
            prepared,
            translated: prepared.into(),
            messages: Vec::new(),
        }
    }

    /// An interchange from an HA to a practice.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::build::InterchangeBuilder;
    ///
    /// let now = NaiveDate::from_ymd_opt(2024, 4, 2).unwrap().and_hms_opt(6, 1, 0).unwrap();
    /// let mut builder = InterchangeBuilder::to_practice("ZQX", "KLM5", now);
    /// builder.close_quarter("10900004".into(), NaiveDate::from_ymd_opt(2024, 3, 31).unwrap())?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn to_practice(
        ha: impl Into<HaCipher<'a>>,
        practice: impl Into<TradingPartnerCode<'a>>,
        prepared: NaiveDateTime,
    ) -> Self {
        Self { outbound: false, ..Self::to_ha(practice, ha, prepared) }
    }

    /// Sets the code that addresses the HA, where it is not its [link code](HaCipher::link_code): the operator of its
    /// system has the last word ([facts 1.5](crate::reference::wire#s-1-5)).
    #[must_use]
    pub fn ha_code(mut self, code: impl Into<TradingPartnerCode<'a>>) -> Self {
        self.ha_code = Some(code.into());
        self
    }

    /// Sets when the messages were translated, where it is not when the interchange was prepared.
    #[must_use]
    pub fn translated(mut self, time: NaiveDateTime) -> Self {
        self.translated = time.into();
        self
    }

    /// Adds a transaction.
    ///
    /// # Errors
    ///
    /// The other side sends such transactions, or the type is unknown. A close quarter notification needs
    /// [`close_quarter`](Self::close_quarter).
    pub fn push(&mut self, transaction: Transaction<'a>) -> Result<(), Error> {
        let transaction_type = transaction.transaction_type();
        let number = transaction.number().and_then(|number| number.number());
        let Some(transaction_type) = transaction_type.filter(|own| own.is_outbound() == self.outbound) else {
            return Err(refusal(number));
        };
        let is_same = |message: &&mut Registration<'a>| {
            message.quarter_end.is_none() && message.transactions.transaction_type().as_ref() == Some(&transaction_type)
        };
        let message = match self.messages.iter_mut().find(is_same) {
            Some(message) => message,
            None => self.open(transaction_type, None),
        };
        message.transactions.push(transaction).map_err(|_| refusal(number))
    }

    /// Adds a close quarter notification, which is a message by itself, with the HA's own number.
    ///
    /// # Errors
    ///
    /// The interchange goes to an HA.
    pub fn close_quarter(&mut self, number: TransactionNumber<'a>, quarter_end: NaiveDate) -> Result<(), Error> {
        if self.outbound {
            return Err(refusal(number.number()));
        }
        let notification = CloseQuarterNotification { number: Some(number), ..CloseQuarterNotification::default() };
        let message = self.open(TransactionType::CloseQuarterNotification, Some(quarter_end.into()));
        message.transactions = Transactions::CloseQuarterNotification([notification].into());
        Ok(())
    }

    /// Begins a message.
    fn open(&mut self, transaction_type: TransactionType, quarter_end: Option<Date<'a>>) -> &mut Registration<'a> {
        self.messages.push(Registration {
            ha: Some(self.ha.clone()),
            translated: Some(self.translated.clone()),
            quarter_end,
            transactions: Transactions::of_type(Some(transaction_type)),
            ..Registration::default()
        });
        let last = self.messages.len() - 1;
        &mut self.messages[last]
    }

    /// The interchange and its bytes, with the next numbers for it, its messages, and the transactions of a practice
    /// that have none. The builder is empty then.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use nhais_edifact::build::InterchangeBuilder;
    /// # use nhais_edifact::exchange::Numbering;
    /// # use nhais_edifact::WriteOptions;
    /// # let now = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, 0).unwrap();
    /// let mut numbering = Numbering::default();
    /// let mut empty = InterchangeBuilder::to_practice("ZQX", "KLM5", now);
    /// // An HA has numbers of its own for transactions.
    /// assert!(empty.finish(&mut numbering, None, &WriteOptions::default()).is_err());
    /// assert_eq!(numbering, Numbering::default());
    /// ```
    ///
    /// # Errors
    ///
    /// The reason for which encoding with these options refuses it: no transaction, a number used twice, an invalid
    /// code. Then no number is used up, and the builder is unchanged.
    pub fn finish<'n>(
        &mut self,
        numbering: &mut Numbering,
        transactions: impl Into<Option<&'n mut TransactionNumbering>>,
        options: &WriteOptions,
    ) -> Result<Encoded<'a>, Error> {
        let Some(ha_code) = self.ha_code.clone().or_else(|| self.ha.link_code()) else {
            return Err(no_link_code(&self.ha));
        };
        let transactions = transactions.into();
        let (mut next, mut next_transactions) = (numbering.clone(), transactions.as_deref().cloned());
        let interchange = self.numbered(ha_code, &mut next, next_transactions.as_mut());
        let (mut issues, mut bytes) = (Vec::new(), Vec::new());
        interchange.encode_with(options, &mut issues, &mut bytes)?;
        *numbering = next;
        if let (Some(used), Some(next)) = (transactions, next_transactions) {
            *used = next;
        }
        self.messages.clear();
        Ok(Encoded { interchange, bytes, issues })
    }

    fn numbered(
        &self,
        ha_code: TradingPartnerCode<'a>,
        numbering: &mut Numbering,
        mut transactions: Option<&mut TransactionNumbering>,
    ) -> Interchange<'a> {
        let practice = self.practice.clone();
        let (sender, recipient) = if self.outbound { (practice, ha_code) } else { (ha_code, practice) };
        let header = InterchangeHeader::new(sender, recipient, self.prepared, numbering.next_interchange());
        let mut interchange = Interchange::new(header);
        interchange.messages = (self.messages.iter().cloned())
            .map(|mut message| {
                if let (true, Some(numbering)) = (self.outbound, &mut transactions) {
                    message.transactions.number_each(&mut || numbering.next_transaction());
                }
                Message::Registration(Registration { reference: numbering.next_message().into(), ..message })
            })
            .collect();
        interchange
    }
}

#[cold]
fn no_link_code(ha: &HaCipher<'_>) -> Error {
    let kind =
        ErrorKind::InvalidValue { expected: "an HA cipher of two or three letters", found: Found::of(ha.as_str()) };
    Error::new(kind, NadFhs::CIPHER.location())
}

#[cold]
fn refusal(transaction: Option<u64>) -> Error {
    Error::new(
        ErrorKind::Direction,
        Location {
            tag: Some(Rff950::LAYOUT.tag()),
            qualifier: SegmentQualifier::of_name(Rff950::LAYOUT.name),
            transaction,
            ..Location::default()
        },
    )
}
