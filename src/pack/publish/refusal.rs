//! Why published rule files are not accepted. Each reason has a code that stays and a sentence that says what to do.

use serde::Serialize;

use super::index::FORMAT_VERSION;
use bulou_base::date::Date;
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::{Lang, LocalizedText};

/// Why published rule files are not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no signature.
    NoSignature,
    /// The signature is not one of minisign's, or one of its old kind.
    SignatureUnreadable,
    /// The public key is not one of minisign's.
    KeyUnreadable,
    /// Another key signed.
    OtherKey,
    /// The right key signed, but something else.
    WrongSignature,
    /// The index ends in the middle.
    Truncated,
    /// The index is signed and yet no index.
    Unreadable(String),
    /// The index is of a format that this program does not know.
    UnknownFormat(u32),
    /// A later index was accepted before: serial of this one, and of that.
    Rollback(u64, u64),
    /// An index with this serial and other content was accepted before.
    Fork(u64),
    /// It is valid from a later day on.
    NotYetValid(Date),
    /// Its last day is over.
    Expired(Date),
    /// A pack needs a newer program: pack, program, language.
    NeedsEngine(String, String, u32),
    /// A file is not there.
    MissingFile(String),
    /// A file is not what was published.
    AlteredFile(String),
    /// A file holds what was published under another name.
    Swapped(String, String),
    /// A file is there that the index does not list.
    Unlisted(String),
    /// The signature's comment speaks of something else than the index: what it would have to say.
    OtherComment(String),
    /// A key that was lost to others signed.
    RevokedKey,
    /// The key that signed is not the one that follows from what was accepted before.
    KeyReplaced,
    /// A name that cannot be a file's, or that says something to whoever reads it.
    BadName(String),
    /// The index says other things of a bundle than its rules do.
    Misdescribed(String),
    /// The pack that was wanted, and those that are there.
    OtherPack(String, String),
    /// A file is larger than it may be.
    TooLarge(String),
    /// What stands under a file's name is a link, a folder or a device.
    NoFile(String),
    /// A file is what was published, and yet this program cannot use it.
    Unusable(String, LocalizedText),
}

/// A refusal for machines and people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RefusalView {
    /// `P004`
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for RefusalView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl Refusal {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSignature => "P001",
            Self::SignatureUnreadable => "P002",
            Self::KeyUnreadable => "P003",
            Self::OtherKey => "P004",
            Self::WrongSignature => "P005",
            Self::Truncated => "P006",
            Self::Unreadable(_) => "P007",
            Self::UnknownFormat(_) => "P008",
            Self::Rollback(..) => "P009",
            Self::Fork(_) => "P010",
            Self::NotYetValid(_) => "P011",
            Self::Expired(_) => "P012",
            Self::NeedsEngine(..) => "P013",
            Self::MissingFile(_) => "P014",
            Self::AlteredFile(_) => "P015",
            Self::Swapped(..) => "P016",
            Self::Unlisted(_) => "P017",
            Self::OtherComment(_) => "P018",
            Self::RevokedKey => "P019",
            Self::KeyReplaced => "P020",
            Self::BadName(_) => "P021",
            Self::Misdescribed(_) => "P022",
            Self::OtherPack(..) => "P023",
            Self::TooLarge(_) => "P024",
            Self::NoFile(_) => "P025",
            Self::Unusable(..) => "P026",
        }
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn words(&self) -> LocalizedText {
        let words = self.about_signature().or_else(|| self.about_index()).or_else(|| self.about_files());
        words.unwrap_or_else(|| self.about_content())
    }

    /// Both in one language.
    #[must_use]
    pub fn view(&self, lang: Lang) -> RefusalView {
        RefusalView { code: self.code(), message: self.words().get(lang).to_owned() }
    }

    fn about_signature(&self) -> Option<LocalizedText> {
        let (zh, en) = match self {
            Self::NoSignature => (
                "没有签名文件 index.json.minisig,不能确认是谁发布的:请向教育局要带签名的一份",
                "there is no signature index.json.minisig, so nobody knows who published this: ask the bureau for a signed copy",
            ),
            Self::SignatureUnreadable => (
                "签名文件读不懂,不是 minisign 的签名:请重新下载",
                "the signature is not one of minisign's: download it again",
            ),
            Self::KeyUnreadable => (
                "公钥读不懂,不是 minisign 的公钥:请用教育局给的公钥文件",
                "the public key is not one of minisign's: use the key file that the bureau gave you",
            ),
            Self::OtherKey => (
                "签名用的是另一把钥匙,不是您信任的教育局公钥:不要使用,请向教育局核实",
                "another key signed this than the one you trust: do not use it, and ask the bureau",
            ),
            Self::WrongSignature => (
                "签名与索引不符,索引在签名之后被改过:不要使用,请重新下载或向教育局核实",
                "the signature does not fit the index, which was altered after signing: do not use it, download it again or ask the bureau",
            ),
            Self::RevokedKey => (
                "签名的钥匙已经作废,谁都可能用它签:不要使用,请向教育局要新的公钥",
                "the key that signed this is revoked, and anyone may have signed with it: do not use it, and ask the bureau for its new public key",
            ),
            Self::KeyReplaced => (
                "签名的钥匙接不上以前接受的那一份:不是那一份的钥匙,也不是它公布的下一把。不要使用,请向教育局核实",
                "the key that signed this does not follow from what was accepted before: it is neither that key nor the next one that it named. Do not use it, and ask the bureau",
            ),
            _ => return None,
        };
        Some(LocalizedText::new(zh, en))
    }

    fn about_index(&self) -> Option<LocalizedText> {
        Some(match self {
            Self::Truncated => LocalizedText::new(
                "索引不完整,在中间断了(下载或复制没有完成):请重新下载",
                "the index breaks off in the middle, by an unfinished download or copy: get it again",
            ),
            Self::Unreadable(why) => LocalizedText::new(
                format!("索引读不懂({why}):请向教育局要重新发布的一份"),
                format!("the index cannot be read ({why}): ask the bureau to publish it again"),
            ),
            Self::UnknownFormat(version) => LocalizedText::new(
                format!(
                    "索引的格式是第 {version} 版,这个程序只认第 {FORMAT_VERSION} 版:请更新程序;还不行就请教育局重新发布"
                ),
                format!(
                    "the index has format version {version}, and this program knows {FORMAT_VERSION}: update the program, or ask the bureau to publish again"
                ),
            ),
            Self::Rollback(serial, accepted) => LocalizedText::new(
                format!("这是旧的第 {serial} 号索引,以前已经接受过第 {accepted} 号:不退回旧版,请下载最新的"),
                format!(
                    "this is the old index {serial}, and {accepted} was accepted before: get the newest, never go back"
                ),
            ),
            Self::Fork(serial) => LocalizedText::new(
                format!("第 {serial} 号索引与以前接受的内容不同,发布记录分了岔:不要使用,请向教育局核实"),
                format!(
                    "index {serial} is not the one that was accepted before, so that two histories exist: do not use it, and ask the bureau"
                ),
            ),
            Self::NotYetValid(from) => LocalizedText::new(
                format!("索引从 {from} 起才有效:请核对本机日期,或等到那一天"),
                format!("the index is valid from {from} on: check this computer's date, or wait"),
            ),
            Self::Expired(last) => LocalizedText::new(
                format!("索引已过期,有效期到 {last}:请下载最新的,或请教育局续期"),
                format!("the index expired, its last day was {last}: get the newest, or ask the bureau to renew it"),
            ),
            Self::OtherComment(comment) => LocalizedText::new(
                format!("签名里的注释说的不是这份索引:不要使用;教育局签名时要写 -t '{comment}'"),
                format!(
                    "the signature's comment does not speak of this index: do not use it; the bureau signs with -t '{comment}'"
                ),
            ),
            Self::BadName(name) => LocalizedText::new(
                format!(
                    "索引里的名字 `{}` 不能用(路径、看不见的字符,或系统保留的名字):不要使用,请向教育局核实",
                    visible(name)
                ),
                format!(
                    "the name `{}` in the index is a path, holds what is not seen, or is kept by a system: do not use it, and ask the bureau",
                    visible(name)
                ),
            ),
            Self::OtherPack(_, there) if there.is_empty() => LocalizedText::new(
                "索引里一份规则集也没有:请向教育局要发布的文件夹",
                "the index lists no pack at all: ask the bureau for the folder that it published",
            ),
            Self::OtherPack(wanted, there) if wanted.is_empty() => LocalizedText::new(
                format!("里面有几份规则集({there}),没有说要用哪一份:用 --pack-id 选一份"),
                format!("several packs are there ({there}), and none was chosen: choose one with --pack-id"),
            ),
            Self::OtherPack(wanted, there) => LocalizedText::new(
                format!("里面没有要用的规则集 `{wanted}`,只有 {there}:请核对是不是拿错了;有几份时用 --pack-id 选一份"),
                format!(
                    "the pack `{wanted}` that is wanted is not there but {there}: check that it is the right folder; of several choose one with --pack-id"
                ),
            ),
            _ => return None,
        })
    }

    /// What lies in the folder.
    fn about_files(&self) -> Option<LocalizedText> {
        Some(match self {
            Self::Unlisted(name) => LocalizedText::new(
                format!("文件 `{}` 不是教育局发布的,索引里没有它:请移走,参数和豁免只用发布的", visible(name)),
                format!(
                    "the file `{}` is not the bureau's, for the index does not list it: take it away; only published parameters and waivers are used",
                    visible(name)
                ),
            ),
            Self::TooLarge(name) => LocalizedText::new(
                format!("文件 `{name}` 比它该有的大,没有读完:不要使用,请重新下载"),
                format!("the file `{name}` is larger than it may be and was not read: do not use it, get it again"),
            ),
            Self::NoFile(name) => LocalizedText::new(
                format!("`{name}` 不是普通的文件(是链接、文件夹或设备),没有读取:请把发布的文件本身拷来"),
                format!("`{name}` is a link, a folder or a device and was not read: copy the published file itself"),
            ),
            _ => return None,
        })
    }

    fn about_content(&self) -> LocalizedText {
        match self {
            Self::NeedsEngine(pack, bulou, language) => LocalizedText::new(
                format!("规则集 {pack} 要用 bulou {bulou}(规则语言第 {language} 版)或更新的程序:请更新程序"),
                format!("the pack {pack} needs bulou {bulou} (rule language {language}) or later: update the program"),
            ),
            Self::MissingFile(name) => LocalizedText::new(
                format!("缺文件 `{name}`:请把发布的文件全部拷来"),
                format!("the file `{name}` is missing: copy all that was published"),
            ),
            Self::AlteredFile(name) => LocalizedText::new(
                format!("文件 `{name}` 与发布的不同,被改过或没有拷完整:不要使用,请重新下载"),
                format!(
                    "the file `{name}` is not what was published, altered or not copied whole: do not use it, get it again"
                ),
            ),
            Self::Swapped(name, other) => LocalizedText::new(
                format!("文件 `{name}` 里装的是 `{other}`,两份规则被调换:不要使用,请重新下载"),
                format!(
                    "the file `{name}` holds `{other}`, so that two packs were swapped: do not use it, get it again"
                ),
            ),
            Self::Misdescribed(name) => LocalizedText::new(
                format!("索引对 `{name}` 的说明(名称、版本、日期)与里面的规则不一致:请教育局重新发布"),
                format!(
                    "what the index says of `{name}` (names, version, days) is not what its rules say: ask the bureau to publish again"
                ),
            ),
            Self::Unusable(name, why) => LocalizedText::new(
                format!("发布的文件 `{name}` 用不了({}):请更新程序,或请教育局重新发布", why.zh),
                format!(
                    "the published file `{name}` cannot be used ({}): update the program, or ask the bureau to publish again",
                    why.en
                ),
            ),
            _ => LocalizedText::default(),
        }
    }
}
