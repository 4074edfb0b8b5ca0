//! Every stable code of why published rule files are not accepted.

use crate::stable::stable_codes;

stable_codes! {
    /// A stable code of why published rule files are not accepted: `P004`.
    PublicationCode {
        NoSignature "P001" "no signature";
        SignatureUnreadable "P002" "signature cannot be read";
        KeyUnreadable "P003" "public key cannot be read";
        OtherKey "P004" "signed by another key";
        WrongSignature "P005" "signature does not fit";
        Truncated "P006" "index cut off";
        Unreadable "P007" "index cannot be read";
        UnknownFormat "P008" "unknown index format";
        Rollback "P009" "older than accepted";
        Fork "P010" "forked history";
        NotYetValid "P011" "index not yet valid";
        Expired "P012" "index expired";
        NeedsEngine "P013" "newer program needed";
        MissingFile "P014" "file missing";
        AlteredFile "P015" "file altered";
        Swapped "P016" "packs swapped";
        Unlisted "P017" "no published file";
        OtherComment "P018" "the signature's comment is wrong";
        RevokedKey "P019" "revoked key";
        KeyReplaced "P020" "the key does not follow";
        BadName "P021" "a name that cannot be used";
        Misdescribed "P022" "described as something else";
        OtherPack "P023" "another pack";
        TooLarge "P024" "too large";
        NoFile "P025" "no ordinary file";
        Unusable "P026" "a published file cannot be used";
    }
}
