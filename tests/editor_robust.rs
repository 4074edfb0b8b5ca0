//! Every service answers at any place of any text: the campus-safety pack, cut and mangled. A panic or an endless loop
//! is the failure; ranges must be places of the text.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test reads its files and fails by panic"
)]

mod packs_support;

use bulou_editor::{Editor, OutlineItem, TextRange};
use bulou_messages::diagnostic::Lang;
use packs_support::files;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }
}

const PIECES: [&str; 16] =
    ["{", "}", "(", "]", "\"", "“", "`", "#", "|", "\n规则 ", "每个", "须在", "𠀀", "\u{200B}", "\r\n", "2022-6-24"];

fn mangled(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(3) {
        let at = dice.below(letters.len());
        match dice.below(3) {
            0 => letters.truncate(at),
            1 => drop(letters.drain(at..(at + 1 + dice.below(20)).min(letters.len()))),
            _ => drop(letters.splice(at..at, PIECES[dice.below(PIECES.len())].chars())),
        }
    }
    letters.into_iter().collect()
}

fn fits(range: TextRange, length: u32) {
    assert!(range.start <= range.end && range.end <= length, "{range:?} in {length}");
}

fn outline(items: &[OutlineItem], length: u32) {
    for item in items {
        fits(item.range, length);
        assert!(item.range.start <= item.selection.start && item.selection.end <= item.range.end, "{item:?}");
        outline(&item.children, length);
    }
}

fn ask(editor: &mut Editor, file: &str, at: u32) {
    let length = u32::try_from(editor.text(file).expect("the file").encode_utf16().count()).expect("a length");
    for item in editor.complete(file, at, Lang::Zh) {
        fits(item.range, length);
        assert!(item.range.start <= at && at <= item.range.end.max(at), "{item:?} at {at}");
    }
    for location in editor.definition(file, at).into_iter().chain(editor.references(file, at, true)) {
        assert!(editor.text(&location.file).is_some());
    }
    if let Some(hover) = editor.hover(file, at, Lang::En) {
        fits(hover.range, length);
    }
    if let Some((place, name)) = editor.renamable(file, at) {
        fits(place.range, length);
        assert!(!name.is_empty());
    }
    for problem in editor.fixes(file, TextRange { start: at, end: at }, Lang::Zh) {
        assert!(problem.fix.is_some());
    }
}

fn ask_all(editor: &mut Editor, file: &str) {
    let length = u32::try_from(editor.text(file).expect("the file").encode_utf16().count()).expect("a length");
    for problem in editor.problems(Lang::Zh) {
        assert!(editor.text(&problem.location.file).is_some() && !problem.message.is_empty());
    }
    let tokens = editor.tokens(file);
    tokens.iter().for_each(|token| fits(token.range, length));
    assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{file}");
    outline(&editor.symbols(file), length);
    let _ = editor.format(file);
}

#[test]
fn each_service_answers_anywhere_in_the_pack_and_in_mangled_copies() {
    let pack = files().0;
    let mut editor = Editor::new(pack.clone());
    let mut dice = Dice(7);
    for (file, bytes) in pack.iter().filter(|(file, _)| file.ends_with(".bulou")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for round in 0..4 {
            let changed = if round == 0 { text.clone() } else { mangled(&text, &mut dice) };
            editor.set(file, &changed);
            ask_all(&mut editor, file);
            let length = changed.encode_utf16().count();
            for _ in 0..4 {
                let at = u32::try_from(dice.below(length + 2)).unwrap_or_default();
                ask(&mut editor, file, at);
            }
            ask(&mut editor, file, u32::MAX);
        }
        editor.set(file, &text);
    }
}

/// The whole of a small text, letter by letter, as it is written.
#[test]
fn each_service_answers_while_a_rule_is_written() {
    let rule = "规则 甲 \"题\" {\n  依据 会议 \"三日内\"\n  适用 非 (学校.寄宿)\n  要求 每个 隐患[有 整改期限] 记作 x 满足 若 x.等级 = 重大 则 \
x.销号日期 须在 会议日期 起 3个工作日 内 顺延 不符 \"{x.编号}没有\"\n}\n表 丙(丁: 是否) -> 整数 {\n  | 丁 | 结果 |\n  | 是 | 1 |\n}\n";
    let mut editor = Editor::new(files().0);
    for (end, _) in rule.char_indices().step_by(2) {
        let text = rule.get(..end).expect("a prefix");
        editor.set("新.bulou", text);
        ask(&mut editor, "新.bulou", u32::try_from(text.encode_utf16().count()).expect("a length"));
    }
    editor.remove("新.bulou");
    assert!(editor.complete("新.bulou", 0, Lang::Zh).is_empty() && editor.problems(Lang::Zh).is_empty());
}
