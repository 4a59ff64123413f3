//! The fonts: what is built in, and what is mapped from disk when it is installed.

use std::{fs::File, path::Path, sync::Arc};

use parley::{
    FontContext,
    fontique::{Blob, FallbackKey, FamilyId, GenericFamily, Script},
};

/// The family everything is set in; others step in for what it lacks.
pub const FAMILY: &str = "Inter";

macro_rules! fonts {
    ($($name:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../../../assets/fonts/", $name))),*]
    };
}

const MAIN: &[&[u8]] = fonts!["Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf"];
const EMOJI: &[&[u8]] = fonts!["Twemoji.ttf"];
const BROAD: &[&[u8]] = fonts!["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"];
const SYMBOLS: &[&[u8]] = fonts!["NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf"];
/// Fonts of one script each.
const SCRIPTS: &[([u8; 4], &[&[u8]])] = &[
    (*b"Arab", fonts!["NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"]),
    (*b"Hebr", fonts!["NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"]),
    (*b"Thai", fonts!["NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"]),
    (*b"Deva", fonts!["NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"]),
];
/// Where Debian's `fonts-noto-cjk` puts its files; 19 MB each, so they are mapped, not built in.
const CJK: &[&str] =
    &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"];
const CJK_SCRIPTS: &[[u8; 4]] = &[*b"Hira", *b"Kana", *b"Hang", *b"Bopo"];
const BROAD_SCRIPTS: &[[u8; 4]] = &[*b"Latn", *b"Grek", *b"Cyrl"];

/// Registers every font as a block of memory. Never by path: fontique drops and reloads
/// such fonts, and the drawing engine then keeps a new atlas of glyphs for each reload.
pub fn register(cx: &mut FontContext) {
    add(cx, MAIN);
    let emoji = add(cx, EMOJI);
    cx.collection.set_generic_families(GenericFamily::Emoji, emoji.into_iter());
    let broad = add(cx, BROAD);
    let symbols = add(cx, SYMBOLS);
    let cjk = cjk(cx);

    for (script, files) in SCRIPTS {
        let families = add(cx, files);
        fall_back(cx, *script, &families);
    }
    for script in BROAD_SCRIPTS {
        fall_back(cx, *script, &broad);
    }
    for script in CJK_SCRIPTS {
        fall_back(cx, *script, &cjk);
    }
    // What stands for Han is asked last for every script, so it is everybody's last resort.
    fall_back(cx, *b"Hani", &[cjk, broad, symbols].concat());
}

fn fall_back(cx: &mut FontContext, script: [u8; 4], families: &[FamilyId]) {
    cx.collection.append_fallbacks(FallbackKey::new(Script::from_bytes(script), None), families.iter().copied());
}

fn add(cx: &mut FontContext, files: &[&'static [u8]]) -> Vec<FamilyId> {
    let mut families = Vec::new();
    for file in files {
        families.extend(register_blob(cx, Blob::new(Arc::new(*file))));
    }
    families.dedup();
    families
}

fn register_blob(cx: &mut FontContext, blob: Blob<u8>) -> Vec<FamilyId> {
    cx.collection.register_fonts(blob, None).into_iter().map(|(family, _)| family).collect()
}

/// Chinese, Japanese and Korean, simplified Chinese first; the file lists its families in no useful order.
fn cjk(cx: &mut FontContext) -> Vec<FamilyId> {
    let mut found = Vec::new();
    for path in CJK {
        match map(Path::new(path)) {
            Ok(blob) => found.extend(register_blob(cx, blob)),
            Err(error) => tracing::warn!("map font {path}: {error}; install fonts-noto-cjk for Chinese and Japanese"),
        }
    }
    let mut named: Vec<_> = found
        .into_iter()
        .filter_map(|id| Some((cx.collection.family_name(id)?.to_owned(), id)))
        .filter(|(name, _)| !name.contains("Mono"))
        .collect();
    named.sort_by_key(|(name, _)| (!name.ends_with("SC"), name.clone()));
    named.dedup();
    named.into_iter().map(|(_, id)| id).collect()
}

#[expect(unsafe_code, reason = "mapping a file is unsafe because another process may change it")]
fn map(path: &Path) -> std::io::Result<Blob<u8>> {
    let file = File::open(path)?;
    // SAFETY: a file of an installed package, which dpkg replaces by renaming a new one over
    // it and never writes in place, so the mapped bytes do not change.
    let map = unsafe { memmap2::Mmap::map(&file)? };
    Ok(Blob::new(Arc::new(map)))
}

#[cfg(test)]
mod tests {
    use parley::FontContext;

    #[test]
    fn every_family_is_there() {
        let mut cx = FontContext::new();
        super::register(&mut cx);

        for name in ["Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Twemoji Mozilla"] {
            assert!(cx.collection.family_id(name).is_some(), "{name}");
        }
        assert_eq!(cx.collection.family_by_name("Inter").unwrap().fonts().len(), 3);
    }
}
