//! The ciphers of health authorities, and the link codes made of them.

use super::identifier::is_code;
use super::{HaCipher, TradingPartnerCode};

/// The published list, declared final; the cipher survives its organisation. Source: wire.md#appendix-a.
const CIPHERS: [(&str, &str); 90] = [
    ("BAA", "Barnsley"),
    ("BD", "Bedfordshire"),
    ("BE", "Berkshire"),
    ("BIK", "Wirral"),
    ("BIR", "Birmingham"),
    ("BRA", "Bradford"),
    ("BRS", "Avon"),
    ("BU", "Buckinghamshire"),
    ("CB", "Cambridgeshire"),
    ("CH", "Cheshire"),
    ("CLD", "North Wales"),
    ("COV", "Coventry"),
    ("CR", "Cornwall & Isles of Scilly"),
    ("CU", "Cumbria"),
    ("DCR", "Doncaster"),
    ("DE", "Derbyshire"),
    ("DMS", "Defence Medical Services"),
    ("DN", "Devon"),
    ("DO", "Dorset"),
    ("DR", "County Durham"),
    ("DUD", "Dudley"),
    ("DYF", "Dyfed/Powys"),
    ("EX", "Essex"),
    ("GAT", "Gateshead & South Tyneside"),
    ("GG", "Gloucestershire"),
    ("GMK", "West Pennine"),
    ("GWE", "Gwent"),
    ("HT", "Hertfordshire"),
    ("IM", "Isle of Man"),
    ("KC", "Kent"),
    ("KHU", "Humberside"),
    ("LA", "Lancashire"),
    ("LD", "Leicestershire"),
    ("LDS", "Leeds"),
    ("LIP", "Liverpool"),
    ("LL", "Lincolnshire"),
    ("LNA", "East London & City"),
    ("LNB", "Redbridge & Waltham Forrest"),
    ("LNC", "Barking & Havering"),
    ("LND", "Camden & Islington"),
    ("LNE", "Enfield & Harringey"),
    ("LNH", "Barnet"),
    ("LNJ", "Kensington, Chelsea & Westminster"),
    ("LNK", "Hillingdon"),
    ("LNL", "Brent & Harrow"),
    ("LNM", "Ealing, Hammersmith & Hounslow"),
    ("LNN", "Kingston & Richmond"),
    ("LNP", "Merton, Sutton & Wandsworth"),
    ("LNR", "Croydon"),
    ("LNS", "Lambeth, Southwark & Lewisham"),
    ("LNT", "Bromley"),
    ("LNW", "Bexley & Greenwich"),
    ("MAN", "Manchester"),
    ("MID", "Darlington / Tees"),
    ("NEW", "Newcastle & North Tyneside"),
    ("NF", "Norfolk"),
    ("NI", "Northern Ireland"),
    ("NN", "Nottinghamshire"),
    ("NO", "Northamptonshire"),
    ("NR", "Northumberland"),
    ("OX", "Oxfordshire"),
    ("ROC", "Bury & Rochdale"),
    ("ROT", "Rotherham"),
    ("SA", "Shropshire"),
    ("SGA", "South Glamorgan"),
    ("SHE", "Sheffield"),
    ("SLF", "Salford & Trafford"),
    ("SM", "Somerset"),
    ("SO", "Hampshire & Isle of Wight"),
    ("SOP", "Sefton"),
    ("SPT", "Stockport"),
    ("ST", "Staffordshire"),
    ("STL", "St Helens & Knowsley"),
    ("SU", "Suffolk"),
    ("SUN", "Sunderland"),
    ("SY", "Surrey"),
    ("TE", "East Sussex, Brighton & Hove"),
    ("TW", "West Sussex"),
    ("WA", "Warwickshire"),
    ("WAK", "Wakefield"),
    ("WAL", "Walsall"),
    ("WBH", "Sandwell"),
    ("WGA", "West Glamorgan"),
    ("WIG", "Wigan & Bolton"),
    ("WL", "Wiltshire"),
    ("WMF", "Solihull"),
    ("WOM", "Wolverhampton"),
    ("WR", "Hereford & Worcestershire"),
    ("YN", "North Yorkshire"),
    ("YW", "Calderdale & Kirklees"),
];

impl HaCipher<'_> {
    /// The ciphers of the published list with the names of their HAs, in the order of the ciphers.
    ///
    /// The names are historic. The list is open: test systems have ciphers of their own. Source:
    /// [facts appendix A](crate::reference::wire#appendix-a).
    ///
    /// ```
    /// use nhais_edifact::value::HaCipher;
    ///
    /// assert_eq!(HaCipher::list().count(), 90);
    /// assert!(HaCipher::list().any(|(cipher, name)| cipher.as_str() == "KC" && name == "Kent"));
    /// ```
    pub fn list() -> impl Iterator<Item = (HaCipher<'static>, &'static str)> {
        CIPHERS.iter().map(|(cipher, name)| (HaCipher::from(*cipher), *name))
    }

    /// The name of the HA; `None` if the cipher is not in the published list.
    ///
    /// ```
    /// use nhais_edifact::value::HaCipher;
    ///
    /// assert_eq!(HaCipher::from("SHE").name(), Some("Sheffield"));
    /// assert_eq!(HaCipher::from("ZQX").name(), None);
    /// ```
    pub fn name(&self) -> Option<&'static str> {
        let at = CIPHERS.binary_search_by(|(cipher, _)| (*cipher).cmp(self.as_str())).ok()?;
        Some(CIPHERS[at].1)
    }

    /// The code by which the HA is addressed in UNB: `01` behind two characters, `1` behind three; `None` if the cipher
    /// is not of two or three letters or digits.
    ///
    /// This is the usual form only: the operator of the HA's system has the last word. Source:
    /// [facts 1.5](crate::reference::wire#s-1-5).
    ///
    /// ```
    /// use nhais_edifact::value::HaCipher;
    ///
    /// assert_eq!(HaCipher::from("SO").link_code().unwrap().as_str(), "SO01");
    /// assert_eq!(HaCipher::from("SHE").link_code().unwrap().as_str(), "SHE1");
    /// ```
    pub fn link_code(&self) -> Option<TradingPartnerCode<'static>> {
        let rest = match self.as_str().len() {
            2 => "01",
            3 => "1",
            _ => return None,
        };
        is_code(self.as_str(), 2..=3).then(|| TradingPartnerCode::from([self.as_str(), rest].concat()))
    }
}

impl TradingPartnerCode<'_> {
    /// The cipher of the HA that the code addresses in the usual form; `None` if it has not that form.
    ///
    /// `01` at the end is taken to stand behind two characters: no published cipher ends in a digit. Source:
    /// [facts 1.5](crate::reference::wire#s-1-5).
    ///
    /// ```
    /// use nhais_edifact::value::TradingPartnerCode;
    ///
    /// assert_eq!(TradingPartnerCode::from("SO01").ha_cipher().unwrap().as_str(), "SO");
    /// assert_eq!(TradingPartnerCode::from("SHE1").ha_cipher().unwrap().as_str(), "SHE");
    /// assert_eq!(TradingPartnerCode::from("KLM5").ha_cipher(), None, "a practice");
    /// ```
    pub fn ha_cipher(&self) -> Option<HaCipher<'_>> {
        let code = Some(self.as_str()).filter(|code| is_code(code, 4..=4))?;
        code.strip_suffix("01").or_else(|| code.strip_suffix('1')).map(HaCipher::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_ascends_and_has_both_lengths() {
        assert!(CIPHERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(CIPHERS.iter().filter(|(cipher, _)| cipher.len() == 2).count(), 38);
        assert_eq!(CIPHERS.iter().filter(|(cipher, _)| cipher.len() == 3).count(), 52);
    }

    #[test]
    fn every_cipher_comes_back_from_its_link_code() {
        for (cipher, name) in HaCipher::list() {
            let code = cipher.link_code().unwrap();
            assert_eq!(code.as_str().len(), 4);
            assert_eq!(code.ha_cipher(), Some(cipher.clone()));
            assert_eq!(cipher.name(), Some(name));
        }
    }

    #[test]
    fn other_forms_have_no_counterpart() {
        for cipher in ["", "S", "ABCD", "so", "S+"] {
            assert_eq!(HaCipher::from(cipher).link_code(), None, "{cipher}");
        }
        for code in ["", "SO1", "SO001", "SO02", "so01", "GP05", "0001x"] {
            assert_eq!(TradingPartnerCode::from(code).ha_cipher(), None, "{code}");
        }
        assert_eq!(HaCipher::from("XX1").link_code().unwrap().as_str(), "XX11");
        assert_eq!(TradingPartnerCode::from("XX11").ha_cipher().unwrap().as_str(), "XX1");
    }
}
