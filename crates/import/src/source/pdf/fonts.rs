//! Fonts that do not tell their characters by themselves, but name an encoding of which they are known: those of
//! Japanese fonts (`90ms-RKSJ-H`, `UniJIS-UTF16-H`, …) and the numbers of a collection (`Adobe-Japan1`).

use std::collections::BTreeMap;

use hayro_interpret::{
    hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded},
    hayro_syntax::{
        Pdf,
        object::{Array, Dict, Name, Object, String as Bytes},
    },
};

/// How the codes of a font become characters: by the numbers of its collection.
struct Font {
    encoding: CMap,
    characters: CMap,
}

/// The fonts of a file by their names.
pub(super) struct Fonts(BTreeMap<String, Font>);

impl Fonts {
    pub(super) fn new(pdf: &Pdf) -> Self {
        let fonts = pdf.objects().into_iter().filter_map(|object| {
            let Object::Dict(dict) = object else {
                return None;
            };
            font(&dict)
        });
        Self(fonts.collect())
    }

    /// The characters of a code.
    pub(super) fn text(&self, font: &str, code: u32) -> Option<String> {
        let font = self.0.get(font)?;
        let shortest = (1..=4).find(|bytes| u64::from(code) < 1 << (8 * bytes))?;
        let cid = (shortest..=4).find_map(|bytes| font.encoding.lookup_cid_code(code, bytes))?;
        Some(match font.characters.lookup_bf_string(cid)? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        })
    }
}

fn font(dict: &Dict<'_>) -> Option<(String, Font)> {
    let is = |key: &[u8], value: &[u8]| {
        dict.get::<Name<'_>>(key)
            .is_some_and(|name| &*name == value)
    };
    if !is(b"Subtype", b"Type0") || dict.contains_key(b"ToUnicode") {
        return None;
    }
    let name = dict.get::<Name<'_>>(b"BaseFont")?;
    let name = name.as_str();
    // A part of a font bears six letters before its name.
    let plain = name.split_once('+').filter(|(tag, _)| tag.len() == 6);
    let plain = plain.map_or(name, |(_, name)| name);
    let encoding = dict.get::<Name<'_>>(b"Encoding")?;
    let encoding = match &*encoding {
        b"Identity-H" => CMap::identity_h(),
        b"Identity-V" => CMap::identity_v(),
        other => CMap::parse(load_embedded(CMapName::from_bytes(other))?, load_embedded)?,
    };
    let own = encoding.metadata().character_collection.as_ref();
    let own = own.map(|collection| collection.family.clone());
    let family = own.filter(|family| family.ucs2_cmap().is_some());
    let family = family.or_else(|| {
        let below = dict.get::<Array<'_>>(b"DescendantFonts")?;
        let below = below.iter::<Dict<'_>>().next()?;
        let system = below.get::<Dict<'_>>(b"CIDSystemInfo")?;
        let registry = system.get::<Bytes<'_>>(b"Registry")?;
        let ordering = system.get::<Bytes<'_>>(b"Ordering")?;
        Some(CidFamily::from_registry_ordering(
            registry.as_bytes(),
            ordering.as_bytes(),
        ))
    })?;
    let characters = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    let font = Font {
        encoding,
        characters,
    };
    Some((plain.to_owned(), font))
}
