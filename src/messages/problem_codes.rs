//! Every stable code of what is wrong with a document, and what codes have in common. Their titles and long explanations
//! stand in [`crate::explain`] alone, which is nothing that a checker has to carry.

use crate::stable::stable_codes;

stable_codes! {
    /// A stable code of a document's problem: `D031`. Reports hold it as that text.
    ProblemCode {
        NotUtf8 "D001" "not UTF-8";
        NotJson "D002" "not JSON";
        WrongType "D003" "wrong type";
        UnknownOption "D004" "option that does not exist";
        NoDate "D005" "no real date";
        UnknownKey "D006" "unknown key";
        RepeatedKey "D007" "key stands twice";
        OutOfRange "D008" "number out of range";
        NumberSize "D009" "number does not fit";
        WrongFormat "D010" "wrong format";
        RepeatedNumber "D011" "duplicate number";
        Forbidden "D012" "forbidden key";
        Nesting "D013" "nested too deep";
        EmptyFile "D014" "empty file";
        ForeignFile "D015" "file of another kind";
        Gb18030 "D016" "GB18030";
        Trailing "D017" "text after the document";
        OtherRules "D018" "another pack or version";
        FileSize "D019" "file too large";
        CutOff "D020" "file ends too early";
        Unlisted "D021" "more problems";
        FurtherSchema "D022" "refused by the further JSON Schema";
        StepBudget "D023" "step budget";
        UnreadFile "D024" "file could not be read";
        FutureDate "D025" "date after the day of the check";
        DateRange "D026" "date outside its range";
        Placeholder "D030" "placeholder";
        Blank "D031" "required and not filled in";
        TooFew "D032" "list with too few elements";
        Contradiction "D033" "document that contradicts itself";
        NoIdentity "D034" "no identity";
        OpenContradiction "D035" "whether the document contradicts itself cannot be said";
        RepeatedItem "D036" "two items that are the same";
        LooksLikeSum "D037" "an item that looks like a sum";
        UnknownSheet "D040" "unknown sheet";
        NoHeading "D041" "column without a heading";
        SaidTwice "D042" "the same thing twice";
        MissingColumns "D043" "missing columns";
        LostDigits "D044" "digits that may be lost";
        Formula "D045" "formula that failed";
        SomeOrNone "D046" "some or none contradicts the contents";
        DoubtfulReading "D047" "reading to be checked";
        Stopped "D048" "stopped before it was read to its end";
        NoSelfAssessment "D049" "no self-assessment";
        LabelMismatch "D050" "label against hidden key";
        TextLength "D051" "text too long";
        UnreadCells "D052" "cells that were not read";
        Unseen "D053" "content that is not seen";
        RosterIncomplete "D070" "roster incomplete";
        NotOnRoster "D071" "not on the roster";
        OtherSchool "D072" "not the roster's school";
        Waived "D080" "waived and not judged";
        WaiverEnded "D081" "the waiver has ended";
        WaiverNotBegun "D082" "the waiver has not begun";
        OwnWaiver "D083" "the school itself approved the waiver";
    }
}

impl ProblemCode {
    /// Fails a document, or is why one cannot be read: the first of each is listed, however many other faults there are.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(
            self,
            Self::NotJson | Self::Forbidden | Self::Nesting | Self::Trailing | Self::OtherRules | Self::CutOff
        )
    }

    /// Fails a document, whatever its rules say of it.
    #[must_use]
    pub fn fails(self) -> bool {
        self == Self::Forbidden
    }

    /// A required answer was not given: nothing stands there that could be wrong.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self == Self::Blank
    }

    /// Something was left out, be it an answer or whom the document is about: a document that is not finished has these
    /// alone.
    #[must_use]
    pub fn is_left_out(self) -> bool {
        matches!(self, Self::Blank | Self::NoIdentity)
    }

    /// A constraint does not hold within the document, or whether it does cannot be said.
    #[must_use]
    pub fn is_contradiction(self) -> bool {
        matches!(self, Self::Contradiction | Self::OpenContradiction)
    }

    /// At a cell of a workbook, and no notice: what the cell says is not in the document that was read, or not as it stands
    /// there, and is gone with the workbook.
    #[must_use]
    pub fn loses_cells(self) -> bool {
        matches!(
            self,
            Self::UnknownSheet
                | Self::NoHeading
                | Self::SaidTwice
                | Self::LostDigits
                | Self::Formula
                | Self::SomeOrNone
                | Self::LabelMismatch
                | Self::UnreadCells
        )
    }

    /// Something stands there more than once, or against itself, and one of it was not read.
    #[must_use]
    pub fn hides_value(self) -> bool {
        matches!(self, Self::RepeatedKey | Self::SaidTwice | Self::SomeOrNone | Self::LabelMismatch)
    }

    /// At a cell of a workbook that is no field's, and no notice: what else stands around it was not read.
    #[must_use]
    pub fn hides_cells(self) -> bool {
        self.hides_value() || matches!(self, Self::UnknownSheet | Self::NoHeading | Self::Stopped | Self::UnreadCells)
    }
}
