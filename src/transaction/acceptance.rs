//! G1: a practice registers a patient.

use alloc::vec::Vec;

use crate::segment::{address::*, person::*, registration::*};
use crate::syntax::{Text, TextLines};
#[cfg(feature = "serde")]
use crate::table::is_absent;
use crate::table::{Table, UnitView, Unrecognised, group_plan, is_given};
use crate::value::{
    AcceptanceCode, AcceptanceType, Date, DrugsMarker, GpCode, HaCipher, InstituteCode, IntoOwned, Quantity,
    RouteMarker, Sex, TransactionNumber, into_owned,
};

/// An acceptance: a practice registers a patient.
///
/// Wire form: `RFF+950:G1`, then per acceptance
/// `S01 RFF+TN NAD+GP [NAD+RIC] [NAD+PGP] [NAD+PFH] HEA+ACD HEA+ATP [HEA+DM] DTM+956 [DTM+957] [DTM+958] [LOC+950] [FTX+RGI] S02 PNA+PAT [DTM+329] PDI NAD+PAT [NAD+PER] [S02 PNA+PER]`.
/// Source: [facts 3.3.1](crate::reference::wire#s-3-3-1).
///
/// ```
/// use nhais_edifact::transaction::{Acceptance, AcceptanceKind};
///
/// let mut acceptance = Acceptance::default();
/// acceptance.kind = AcceptanceKind::Birth;
/// acceptance.gp = Some("7000015,T93".into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
// In memory as in the plan: memory is prefetched where it is read in order.
#[repr(C)]
pub struct Acceptance<'a> {
    /// The number of the transaction, `RFF+TN`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub number: Option<TransactionNumber<'a>>,
    /// The GP, `NAD+GP`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub gp: Option<GpCode<'a>>,
    /// The residential institute, `NAD+RIC`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub institute: Option<InstituteCode<'a>>,
    /// Obsolete: mileage for the rural practice payment, `QTY+951`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub rpp_mileage: Option<Quantity<'a>>,
    /// Obsolete: walking units, `QTY+952`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub walking_units: Option<Quantity<'a>>,
    /// Why the practice accepts the patient, `HEA+ACD`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub acceptance_code: Option<AcceptanceCode>,
    /// The acceptance type, `HEA+ATP`, and what only that type has.
    pub kind: AcceptanceKind<'a>,
    /// Obsolete: blocked route or special district, `HEA+BM`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub route_marker: Option<RouteMarker>,
    /// Whether the GP dispenses drugs for the patient, `HEA+DM`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub drugs_dispensed: Option<DrugsMarker>,
    /// When the patient was accepted, `DTM+956`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub accepted_on: Option<Date<'a>>,
    /// Where the patient was born, `LOC+950`; needed where no NHS number is given.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub place_of_birth: Option<Text<'a>>,
    /// Notes of the GP, `FTX+RGI`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub notes: Option<TextLines<'a>>,
    /// The patient's NHS number and names, `PNA+PAT`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub patient: Option<Person<'a>>,
    /// When the patient was born, `DTM+329`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub date_of_birth: Option<Date<'a>>,
    /// The patient's sex, `PDI`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub sex: Option<Sex>,
    /// The present address, `NAD+PAT`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub address: Option<Address<'a>>,
    /// The previous surname, `PNA+PER`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous: Option<Person<'a>>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

/// The kind of an acceptance, with the items that only this kind has.
///
/// Wire form: `HEA+ATP+1:ZZZ` to `HEA+ATP+5:ZZZ`. Source: [facts 3.3.1](crate::reference::wire#s-3-3-1) and
/// [5.2](crate::reference::wire#s-5-2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum AcceptanceKind<'a> {
    /// Type 1.
    Birth,
    /// Type 2: the first acceptance of a patient who has not been registered before.
    First,
    /// Type 3.
    TransferIn(TransferIn<'a>),
    /// Type 4.
    Immigrant(Immigrant<'a>),
    /// Type 5, obsolete: such patients are registered as transfers in.
    ExServices(ExServices<'a>),
    /// The type is missing or none of these. What depends on it is kept in
    /// [`unrecognised`](Acceptance::unrecognised).
    Unclassified {
        /// The content of `HEA+ATP`.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        acceptance_type: Option<AcceptanceType>,
    },
}

impl Default for AcceptanceKind<'_> {
    fn default() -> Self {
        Self::Unclassified { acceptance_type: None }
    }
}

/// Items that only a transfer in has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct TransferIn<'a> {
    /// The name of the previous GP, `NAD+PGP`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_gp: Option<Text<'a>>,
    /// The previous HA, `NAD+PFH`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_ha: Option<HaCipher<'a>>,
    /// The previous address, `NAD+PER`; at least one line.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_address: Option<TextLines<'a>>,
}

/// Items that only the acceptance of an immigrant has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Immigrant<'a> {
    /// The name of the previous GP, `NAD+PGP`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_gp: Option<Text<'a>>,
    /// The previous HA, `NAD+PFH`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_ha: Option<HaCipher<'a>>,
    /// The previous address, `NAD+PER`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_address: Option<TextLines<'a>>,
    /// When the patient entered the UK, `DTM+957`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub entered_uk_on: Option<Date<'a>>,
    /// When the patient had left the UK before, `DTM+958`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub left_uk_on: Option<Date<'a>>,
}

/// Items that only an acceptance after service in the forces has; the form of its enlistment dates is not public.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct ExServices<'a> {
    /// The previous address, `NAD+PER`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub previous_address: Option<TextLines<'a>>,
}

into_owned!(TransferIn { previous_gp, previous_ha, previous_address });
into_owned!(Immigrant { previous_gp, previous_ha, previous_address, entered_uk_on, left_uk_on });
into_owned!(ExServices { previous_address });

impl IntoOwned for AcceptanceKind<'_> {
    type Owned = AcceptanceKind<'static>;

    fn into_owned(self) -> AcceptanceKind<'static> {
        match self {
            Self::Birth => AcceptanceKind::Birth,
            Self::First => AcceptanceKind::First,
            Self::TransferIn(items) => AcceptanceKind::TransferIn(items.into_owned()),
            Self::Immigrant(items) => AcceptanceKind::Immigrant(items.into_owned()),
            Self::ExServices(items) => AcceptanceKind::ExServices(items.into_owned()),
            Self::Unclassified { acceptance_type } => AcceptanceKind::Unclassified { acceptance_type },
        }
    }
}

into_owned!(Acceptance {
    number,
    gp,
    institute,
    rpp_mileage,
    walking_units,
    acceptance_code,
    kind,
    route_marker,
    drugs_dispensed,
    accepted_on,
    place_of_birth,
    notes,
    patient,
    date_of_birth,
    sex,
    address,
    previous,
    unrecognised,
});

impl<'a> AcceptanceKind<'a> {
    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> AcceptanceKind<'static> {
        IntoOwned::into_owned(self)
    }

    /// The code of the acceptance type; `None` if it is missing.
    pub fn acceptance_type(&self) -> Option<AcceptanceType> {
        match self {
            Self::Birth => Some(AcceptanceType::Birth),
            Self::First => Some(AcceptanceType::First),
            Self::TransferIn(_) => Some(AcceptanceType::TransferIn),
            Self::Immigrant(_) => Some(AcceptanceType::Immigrant),
            Self::ExServices(_) => Some(AcceptanceType::ExServices),
            Self::Unclassified { acceptance_type } => acceptance_type.clone(),
        }
    }

    pub(crate) fn of(acceptance_type: Option<AcceptanceType>) -> Self {
        match acceptance_type {
            Some(AcceptanceType::Birth) => Self::Birth,
            Some(AcceptanceType::First) => Self::First,
            Some(AcceptanceType::TransferIn) => Self::TransferIn(TransferIn::default()),
            Some(AcceptanceType::Immigrant) => Self::Immigrant(Immigrant::default()),
            Some(AcceptanceType::ExServices) => Self::ExServices(ExServices::default()),
            acceptance_type => Self::Unclassified { acceptance_type },
        }
    }

    /// The name of the previous GP, if this type has one and it is given.
    pub fn previous_gp(&self) -> Option<&Text<'a>> {
        match self {
            Self::TransferIn(items) => items.previous_gp.as_ref(),
            Self::Immigrant(items) => items.previous_gp.as_ref(),
            _ => None,
        }
    }

    /// The previous HA, if this type has one and it is given.
    pub fn previous_ha(&self) -> Option<&HaCipher<'a>> {
        match self {
            Self::TransferIn(items) => items.previous_ha.as_ref(),
            Self::Immigrant(items) => items.previous_ha.as_ref(),
            _ => None,
        }
    }

    /// The previous address, if this type has one and it is given.
    pub fn previous_address(&self) -> Option<&TextLines<'a>> {
        match self {
            Self::TransferIn(items) => items.previous_address.as_ref(),
            Self::Immigrant(items) => items.previous_address.as_ref(),
            Self::ExServices(items) => items.previous_address.as_ref(),
            _ => None,
        }
    }
}

/// The items that depend on the type; `None` where the type does not have them.
struct Items<'i, 'a> {
    acceptance_type: Option<&'i Option<AcceptanceType>>,
    previous_gp: Option<&'i Option<Text<'a>>>,
    previous_ha: Option<&'i Option<HaCipher<'a>>>,
    previous_address: Option<&'i Option<TextLines<'a>>>,
    entered_uk_on: Option<&'i Option<Date<'a>>>,
    left_uk_on: Option<&'i Option<Date<'a>>>,
}

/// The items as mutable references. The type is not set through them: it is known before anything else is read.
#[derive(Default)]
struct ItemsMut<'i, 'a> {
    acceptance_type: Option<&'i mut Option<AcceptanceType>>,
    previous_gp: Option<&'i mut Option<Text<'a>>>,
    previous_ha: Option<&'i mut Option<HaCipher<'a>>>,
    previous_address: Option<&'i mut Option<TextLines<'a>>>,
    entered_uk_on: Option<&'i mut Option<Date<'a>>>,
    left_uk_on: Option<&'i mut Option<Date<'a>>>,
}

impl<'a> AcceptanceKind<'a> {
    fn items(&self) -> Items<'_, 'a> {
        let of_type = |acceptance_type| Items {
            acceptance_type: Some(acceptance_type),
            previous_gp: None,
            previous_ha: None,
            previous_address: None,
            entered_uk_on: None,
            left_uk_on: None,
        };
        match self {
            Self::Birth => of_type(&const { Some(AcceptanceType::Birth) }),
            Self::First => of_type(&const { Some(AcceptanceType::First) }),
            Self::TransferIn(items) => Items {
                previous_gp: Some(&items.previous_gp),
                previous_ha: Some(&items.previous_ha),
                previous_address: Some(&items.previous_address),
                ..of_type(&const { Some(AcceptanceType::TransferIn) })
            },
            Self::Immigrant(items) => Items {
                previous_gp: Some(&items.previous_gp),
                previous_ha: Some(&items.previous_ha),
                previous_address: Some(&items.previous_address),
                entered_uk_on: Some(&items.entered_uk_on),
                left_uk_on: Some(&items.left_uk_on),
                ..of_type(&const { Some(AcceptanceType::Immigrant) })
            },
            Self::ExServices(items) => Items {
                previous_address: Some(&items.previous_address),
                ..of_type(&const { Some(AcceptanceType::ExServices) })
            },
            Self::Unclassified { acceptance_type } => of_type(acceptance_type),
        }
    }

    fn items_mut(&mut self) -> ItemsMut<'_, 'a> {
        match self {
            Self::TransferIn(items) => ItemsMut {
                previous_gp: Some(&mut items.previous_gp),
                previous_ha: Some(&mut items.previous_ha),
                previous_address: Some(&mut items.previous_address),
                ..ItemsMut::default()
            },
            Self::Immigrant(items) => ItemsMut {
                previous_gp: Some(&mut items.previous_gp),
                previous_ha: Some(&mut items.previous_ha),
                previous_address: Some(&mut items.previous_address),
                entered_uk_on: Some(&mut items.entered_uk_on),
                left_uk_on: Some(&mut items.left_uk_on),
                ..ItemsMut::default()
            },
            Self::ExServices(items) => {
                ItemsMut { previous_address: Some(&mut items.previous_address), ..ItemsMut::default() }
            }
            Self::Birth | Self::First | Self::Unclassified { .. } => ItemsMut::default(),
        }
    }

    /// The variant of the plan for this type.
    pub(crate) fn variant(&self) -> usize {
        match self {
            Self::Birth => 0,
            Self::First => 1,
            Self::TransferIn(_) => 2,
            Self::Immigrant(_) => 3,
            Self::ExServices(_) => 4,
            Self::Unclassified { .. } => 5,
        }
    }
}

impl<'a> Acceptance<'a> {
    /// An acceptance of the type that the unit states, without values yet.
    pub(crate) fn of_unit(unit: UnitView<'_, 'a>) -> Self {
        let stated = unit.find(HeaAtp::LAYOUT.key).and_then(|segment| HeaAtp::TYPE.of(&segment));
        let stated = stated.map(|stated| stated.text()).filter(|stated| !stated.is_empty());
        let kind = AcceptanceKind::of(stated.map(|stated| AcceptanceType::from(stated.as_str())));
        Self { kind, ..Self::default() }
    }
}

// The six variants of a need are types 1 to 5 as in wire.md#s-3-3-1, and no known type.
group_plan! {
    Acceptance (variant: |acceptance| acceptance.kind.variant()) {
        [S01 Mandatory];
        [RffTn Mandatory] number;
        [NadGp Mandatory] gp;
        [NadRic Optional] institute;
        [NadPgp "XXMOX?"] previous_gp of kind;
        [NadPfh "XXOOX?"] previous_ha of kind;
        [Qty951 Optional] rpp_mileage;
        [Qty952 Optional] walking_units;
        [HeaAcd Mandatory] acceptance_code;
        [HeaAtp Mandatory] acceptance_type of kind;
        [HeaBm Optional] route_marker;
        [HeaDm Optional] drugs_dispensed;
        [Dtm956 Mandatory] accepted_on;
        [Dtm957 "XXXMX?"] entered_uk_on of kind;
        [Dtm958 "XXXOX?"] left_uk_on of kind;
        [Loc950 Optional] place_of_birth;
        [FtxRgi Optional] notes;
        [S02 Trigger];
        [PnaPat Mandatory] patient;
        [Dtm329 "MOOOOO"] date_of_birth;
        [Pdi Mandatory] sex;
        [NadPat Mandatory] address;
        [NadPer "XXMOO?"] previous_address of kind;
        [S02Previous Trigger];
        [PnaPer Optional] previous;
    }
    begin kind by acceptance_type with |acceptance, stated: &Option<_>| acceptance.kind = AcceptanceKind::of(stated.clone());
    contradicts HeaAtp if |acceptance| {
        matches!(&acceptance.kind, AcceptanceKind::Unclassified { acceptance_type: Some(stated) } if stated.is_known())
    };
    require PnaPat::NUMBER in "MOOOO?" if not |acceptance| {
        acceptance.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
    require PnaPat::SURNAME if not |acceptance| {
        acceptance.patient.as_ref().is_some_and(|patient| is_given(&patient.surname))
    };
    require NadPat::HOUSE_NAME as "a line of the address or a postcode" if not |acceptance| {
        acceptance.address.as_ref().is_none_or(Address::is_given)
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_gives_the_previous_items_that_it_has() {
        let (gp, ha, address) =
            (Some(Text::from("DR FENWICK")), Some(HaCipher::from("ZQ")), Some(TextLines::from("EASTPOOL")));
        let transfer =
            TransferIn { previous_gp: gp.clone(), previous_ha: ha.clone(), previous_address: address.clone() };
        let immigrant = Immigrant {
            previous_gp: gp.clone(),
            previous_ha: ha.clone(),
            previous_address: address.clone(),
            ..Immigrant::default()
        };
        let all = (gp.as_ref(), ha.as_ref(), address.as_ref());
        for (kind, expected) in [
            (AcceptanceKind::Birth, (None, None, None)),
            (AcceptanceKind::First, (None, None, None)),
            (AcceptanceKind::TransferIn(transfer), all),
            (AcceptanceKind::Immigrant(immigrant), all),
            (AcceptanceKind::ExServices(ExServices { previous_address: address.clone() }), (None, None, all.2)),
            (AcceptanceKind::default(), (None, None, None)),
        ] {
            assert_eq!((kind.previous_gp(), kind.previous_ha(), kind.previous_address()), expected, "{kind:?}");
        }
    }
}
