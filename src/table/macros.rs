//! Macros that declare the tables of segments.

/// Declares the table of a segment as a type that stands for it.
///
/// A row is `[element . component]`, then either a constant, or a format and the name of the value. `as SURNAME` in the
/// table of `PnaPat` makes the constant `PnaPat::SURNAME`, by which other code names the row. `for` gives the path of
/// the value in its model. Where the content of the segment is a struct, the table names it, and each row its field.
macro_rules! segment {
    (
        $(#[doc = $doc:literal])*
        $type:ident = $name:literal $(=> $content:ident)? {
            $([$element:literal . $component:literal]
                $($format:ident($($argument:expr),*) $row:literal)? $(= $constant:literal)? $(as $const:ident)?
                $(for $path:literal)? $(=> $field:ident)?),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        pub(crate) struct $type;

        #[allow(dead_code, reason = "some are meant under a feature only")]
        impl $type {
            $($(pub(crate) const $const: &'static $crate::table::Row =
                <Self as $crate::table::Table>::LAYOUT.row($element, $component);)?)*
        }

        impl $crate::table::Table for $type {
            const LAYOUT: &'static $crate::table::Layout = &$crate::table::Layout::new($name, concat!($($doc),*), &[
                $($crate::table::Row::new(
                    $name,
                    $element,
                    $component,
                    $($crate::table::Format::$format($($argument),*), $row)?
                    $($crate::table::Format::Constant, $constant)?
                )$(.of_field($path))?$(.of_field(stringify!($field)))?),*
            ]);
        }

        $crate::table::segment_fields! {
            $type $(=> $content)? { $([$($field)? $($constant)?])* }
        }
    };
}

/// Reads and writes a struct by the rows of its table; see [`segment!`].
macro_rules! segment_fields {
    ($type:ident { $($rows:tt)* }) => {};
    ($type:ident => $content:ident { $([$($field:ident)? $($constant:literal)?])* }) => {
        impl $type {
            /// Reads the fields, row by row.
            pub(crate) fn read_into<'a>(
                content: &mut $content<'a>,
                fields: &mut $crate::table::FieldReader<'_, '_, 'a>,
            ) {
                let mut rows = <Self as $crate::table::Table>::LAYOUT.rows.iter();
                $(
                    let Some(row) = rows.next() else { return };
                    $(content.$field = $crate::table::Item::read(fields, row);)?
                    $(let _: &str = $constant; fields.constant(row);)?
                )*
            }

            /// Writes the segment, row by row, and returns its length in bytes; `None` if it was refused.
            #[inline(always)]
            pub(crate) fn write(
                content: &$content<'_>,
                out: &mut $crate::table::GroupWriter<'_>,
            ) -> Option<usize> {
                let layout = <Self as $crate::table::Table>::LAYOUT;
                let (mut fields, mut rows) = (out.begin(layout)?, layout.rows.iter());
                $(
                    let Some(row) = rows.next() else { return fields.end() };
                    $(fields.item(row, &content.$field);)?
                    $(let _: &str = $constant; fields.constant(row);)?
                )*
                fields.end()
            }
        }
    };
}

pub(crate) use {segment, segment_fields};
