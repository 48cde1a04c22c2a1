//! Draws the pictures of the documentation into `docs/pictures`, from the tables of the crate and the figures of the benches.
//!
//! `cargo run --example pictures`

mod anatomy;
mod bytes;
pub(crate) mod conversation;
mod speed;
mod svg;

use std::fmt::Write as _;
use std::{fs, io};

/// The files of `docs/pictures`, by their names.
pub(crate) fn all() -> Vec<(String, String)> {
    let pictures = [
        ("anatomy", anatomy::picture()),
        ("conversation", conversation::picture()),
        ("bytes", bytes::picture()),
        ("speed", speed::picture()),
    ];
    let links = pictures.iter().fold(String::new(), |mut links, (name, picture)| {
        writeln!(links, "[picture-{name}]: {}", data_url(picture)).unwrap();
        links
    });
    let files = pictures.map(|(name, picture)| (format!("{name}.svg"), picture));
    files.into_iter().chain([("links.txt".into(), links)]).collect()
}

/// A picture as the target of a link, for documentation that has no files beside it.
fn data_url(picture: &str) -> String {
    let mut url = String::from("data:image/svg+xml,");
    for byte in picture.bytes() {
        match byte {
            b'\n' => {}
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b',' | b':' | b';' | b'/' | b'=' | b'\'' | b'@' => {
                url.push(byte.into());
            }
            _ => write!(url, "%{byte:02X}").unwrap(),
        }
    }
    url
}

fn main() -> io::Result<()> {
    for (name, text) in all() {
        fs::write(format!("docs/pictures/{name}"), text)?;
    }
    Ok(())
}
