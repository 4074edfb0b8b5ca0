//! Why published rule files are not accepted. Each reason has a code that stays and a sentence that says what to do.

use serde::Serialize;

use super::index::FORMAT_VERSION;
use bulou_base::date::Date;
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::publication_codes::PublicationCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

/// Why published rule files are not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().en)]
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
    pub fn code(&self) -> PublicationCode {
        match self {
            Self::NoSignature => PublicationCode::NoSignature,
            Self::SignatureUnreadable => PublicationCode::SignatureUnreadable,
            Self::KeyUnreadable => PublicationCode::KeyUnreadable,
            Self::OtherKey => PublicationCode::OtherKey,
            Self::WrongSignature => PublicationCode::WrongSignature,
            Self::Truncated => PublicationCode::Truncated,
            Self::Unreadable(_) => PublicationCode::Unreadable,
            Self::UnknownFormat(_) => PublicationCode::UnknownFormat,
            Self::Rollback(..) => PublicationCode::Rollback,
            Self::Fork(_) => PublicationCode::Fork,
            Self::NotYetValid(_) => PublicationCode::NotYetValid,
            Self::Expired(_) => PublicationCode::Expired,
            Self::NeedsEngine(..) => PublicationCode::NeedsEngine,
            Self::MissingFile(_) => PublicationCode::MissingFile,
            Self::AlteredFile(_) => PublicationCode::AlteredFile,
            Self::Swapped(..) => PublicationCode::Swapped,
            Self::Unlisted(_) => PublicationCode::Unlisted,
            Self::OtherComment(_) => PublicationCode::OtherComment,
            Self::RevokedKey => PublicationCode::RevokedKey,
            Self::KeyReplaced => PublicationCode::KeyReplaced,
            Self::BadName(_) => PublicationCode::BadName,
            Self::Misdescribed(_) => PublicationCode::Misdescribed,
            Self::OtherPack(..) => PublicationCode::OtherPack,
            Self::TooLarge(_) => PublicationCode::TooLarge,
            Self::NoFile(_) => PublicationCode::NoFile,
            Self::Unusable(..) => PublicationCode::Unusable,
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
        RefusalView { code: self.code().as_str(), message: self.words().get(lang).to_owned() }
    }

    fn about_signature(&self) -> Option<LocalizedText> {
        let words = match self {
            Self::NoSignature => texts::no_signature_index_json(),
            Self::SignatureUnreadable => texts::signature_not_one_minisigns(),
            Self::KeyUnreadable => texts::public_key_not_one(),
            Self::OtherKey => texts::another_key_signed_than(),
            Self::WrongSignature => texts::signature_does_not_fit(),
            Self::RevokedKey => texts::key_signed_revoked_anyone(),
            Self::KeyReplaced => texts::key_signed_does_not(),
            _ => return None,
        };
        Some(words.text())
    }

    fn about_index(&self) -> Option<LocalizedText> {
        Some(match self {
            Self::Truncated => texts::index_breaks_off_middle().text(),
            Self::Unreadable(why) => texts::index_cannot_read_ask(&why).text(),
            Self::UnknownFormat(version) => texts::index_format_version_program(&version, &FORMAT_VERSION).text(),
            Self::Rollback(serial, accepted) => texts::old_index_accepted_before(&serial, &accepted).text(),
            Self::Fork(serial) => texts::index_not_one_accepted(&serial).text(),
            Self::NotYetValid(from) => texts::index_valid_from_check(&from).text(),
            Self::Expired(last) => texts::index_expired_last_day(&last).text(),
            Self::OtherComment(comment) => texts::signatures_comment_does_not(&comment).text(),
            Self::BadName(name) => texts::name_index_path_holds(&visible(name)).text(),
            Self::OtherPack(_, there) if there.is_empty() => texts::index_lists_no_pack().text(),
            Self::OtherPack(wanted, there) if wanted.is_empty() => texts::several_packs_none_chosen(&there).text(),
            Self::OtherPack(wanted, there) => texts::pack_wanted_not_but(&wanted, &there).text(),
            _ => return None,
        })
    }

    /// What lies in the folder.
    fn about_files(&self) -> Option<LocalizedText> {
        Some(match self {
            Self::Unlisted(name) => texts::file_not_bureaus_index(&visible(name)).text(),
            Self::TooLarge(name) => texts::file_larger_than_may(&name).text(),
            Self::NoFile(name) => texts::link_folder_device_not(&name).text(),
            _ => return None,
        })
    }

    fn about_content(&self) -> LocalizedText {
        match self {
            Self::NeedsEngine(pack, bulou, language) => texts::pack_needs_bulou_rule(&pack, &bulou, &language).text(),
            Self::MissingFile(name) => texts::file_missing_copy_all(&name).text(),
            Self::AlteredFile(name) => texts::file_not_what_published(&name).text(),
            Self::Swapped(name, other) => texts::file_holds_two_packs(&name, &other).text(),
            Self::Misdescribed(name) => texts::what_index_says_names(&name).text(),
            Self::Unusable(name, why) => texts::published_file_cannot_used(&name, &Each(&why.zh, &why.en)).text(),
            _ => LocalizedText::default(),
        }
    }
}
