//! Just enough SVG: boxes, lines, arrows and text in the colours of light and dark pages.

use std::fmt::Write as _;

/// Colours, light and dark: page, text, faint text, frames, and three pairs of a fill and its line.
const COLOURS: [(&str, &str, &str); 12] = [
    (".page", "fill:#ffffff", "fill:#0d1117"),
    (".ink", "fill:#1f2328", "fill:#e6edf3"),
    (".faint", "fill:#59636e", "fill:#9198a1"),
    (".frame", "fill:none;stroke:#8c959f", "fill:none;stroke:#656c76"),
    (".blue", "fill:#ddf4ff;stroke:#0969da", "fill:#0c2d4a;stroke:#4493f8"),
    (".green", "fill:#dafbe1;stroke:#1a7f37", "fill:#12331d;stroke:#3fb950"),
    (".sand", "fill:#fff8c5;stroke:#9a6700", "fill:#332900;stroke:#d29922"),
    (".bluish", "fill:#0969da;stroke:#0969da", "fill:#4493f8;stroke:#4493f8"),
    (".greenish", "fill:#1a7f37;stroke:#1a7f37", "fill:#3fb950;stroke:#3fb950"),
    (".sandy", "fill:#9a6700;stroke:#9a6700", "fill:#d29922;stroke:#d29922"),
    (".grey", "fill:#8c959f;stroke:#8c959f", "fill:#656c76;stroke:#656c76"),
    (".band", "fill:#f6f8fa", "fill:#161b22"),
];

const FONTS: &str = "text{font:14px 'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;stroke:none}\
    .code{font:13px Consolas,Menlo,'DejaVu Sans Mono',monospace}.large{font-size:20px}.small{font-size:12px}\
    .bold{font-weight:bold}.middle{text-anchor:middle}.end{text-anchor:end}.dashed{stroke-dasharray:5 4}";

/// What has been drawn so far.
pub(crate) struct Picture {
    width: u32,
    height: u32,
    title: &'static str,
    body: String,
}

impl Picture {
    /// Of this size; the title is for those who do not see it.
    pub(crate) fn new(width: u32, height: u32, title: &'static str) -> Self {
        let mut picture = Self { width, height, title, body: String::new() };
        picture.rect("page", (0, 0), (width, height));
        picture
    }

    /// A box by its upper left corner and its size.
    pub(crate) fn rect(&mut self, class: &str, (x, y): (u32, u32), (width, height): (u32, u32)) {
        let box_ = format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>"#);
        self.add(&box_);
    }

    /// A line of text; `x` is its left end, its middle or its right end, as the class says.
    pub(crate) fn text(&mut self, class: &str, (x, y): (u32, u32), text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.add(&format!(r#"<text class="{class}" x="{x}" y="{y}" xml:space="preserve">{text}</text>"#));
    }

    pub(crate) fn line(&mut self, class: &str, (x, y): (u32, u32), (to_x, to_y): (u32, u32)) {
        self.add(&format!(r#"<line class="{class}" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke-width="1.5"/>"#));
    }

    /// A line with a head, to the left, to the right, up or down.
    pub(crate) fn arrow(&mut self, class: &str, from: (u32, u32), to: (u32, u32)) {
        self.line(class, from, to);
        let ((from_x, from_y), (x, y)) = (from, to);
        let head = match (x.cmp(&from_x), y.cmp(&from_y)) {
            (std::cmp::Ordering::Greater, _) => [(x - 9, y - 5), (x - 9, y + 5)],
            (std::cmp::Ordering::Less, _) => [(x + 9, y - 5), (x + 9, y + 5)],
            (_, std::cmp::Ordering::Less) => [(x - 5, y + 9), (x + 5, y + 9)],
            _ => [(x - 5, y - 9), (x + 5, y - 9)],
        };
        let class = class.trim_end_matches(" dashed");
        let [left, right] = head.map(|(x, y)| format!("{x},{y}"));
        self.add(&format!(r#"<polygon class="{class}" points="{x},{y} {left} {right}"/>"#));
    }

    fn add(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// The file.
    pub(crate) fn finish(self) -> String {
        let Self { width, height, title, body } = self;
        let rules = |dark: bool| {
            COLOURS.iter().fold(String::new(), |mut rules, (class, light, dim)| {
                write!(rules, "{class}{{{}}}", if dark { dim } else { light }).unwrap();
                rules
            })
        };
        let (light, dark) = (rules(false), rules(true));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\">\n<title>{title}</title>\n<style>{light}{FONTS}@media(prefers-color-scheme:dark){{{dark}}}</style>\n\
             {body}</svg>\n"
        )
    }
}
