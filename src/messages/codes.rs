//! Every stable code of a diagnostic, with its weight; [`crate::explain`] has the long explanations.

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack works; something looks wrong.
    Warning,
    /// The pack cannot be used.
    Error,
}

macro_rules! codes {
    ($($variant:ident $code:literal $severity:ident $title_zh:literal $title_en:literal;)*) => {
        /// A stable code: `E…` errors in a pack, `W…` warnings about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title_en] $variant,)*
        }

        impl Code {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// `E012`
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Error or warning.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// A few words for lists: Chinese, English.
            #[must_use]
            pub fn title(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($title_zh, $title_en),)* }
            }
        }
    };
}

codes! {
    Syntax "E001" Error "写法不对" "syntax error";
    Unclosed "E002" Error "括号或引号没有闭合" "unclosed bracket or quotation mark";
    DateForm "E003" Error "日期写法不对" "date not written as 2022-06-24";
    NumberSize "E004" Error "数太大" "number does not fit";
    Nesting "E005" Error "嵌套太深" "nested too deep";
    LookAlike "E006" Error "形近字符或方向控制符" "look-alike character in a name, or one that turns the direction of writing";
    PackHeader "E010" Error "规则集声明缺失或重复" "pack header missing or repeated";
    Duplicate "E011" Error "名称重复" "duplicate name";
    UnknownName "E012" Error "没有这个名称" "unknown name";
    AmbiguousName "E013" Error "名称有歧义" "ambiguous name";
    UnknownType "E014" Error "没有这个类型" "unknown type";
    UnknownOption "E015" Error "没有这个选项" "option that does not exist";
    Cycle "E016" Error "循环引用" "cycle";
    TypeMismatch "E020" Error "类型不符" "type mismatch";
    UnitMismatch "E021" Error "单位不符" "unit mismatch";
    RequirementAsCondition "E022" Error "这里要条件,不能用期限或频次" "requirement where a condition must stand";
    Unguarded "E023" Error "选填数据没有先判断有无" "unguarded optional";
    Arguments "E024" Error "参数个数不对" "wrong number of arguments";
    IfWithoutElse "E025" Error "取值的 若 缺少 否则" "value-giving if without else";
    NeedsBinding "E026" Error "需要用 记作 起名" "element needs a name";
    TooDeepBindings "E027" Error "列表套得太深" "too many lists bound inside one another";
    TableOverlap "E030" Error "表的行重叠" "table rows overlap";
    TableGap "E031" Error "表有空档" "gap in a table";
    TableShape "E032" Error "表的列不对" "table header or row has the wrong columns";
    UnknownSource "E040" Error "没有这个来源" "unknown source";
    QuoteNotFound "E041" Error "引文不在来源里" "quote is not in the source";
    QuoteAmbiguous "E042" Error "引文在来源里出现多次" "quote occurs more than once in the source";
    FileMissing "E043" Error "规则集里没有这个文件" "file is missing from the pack";
    CalendarInvalid "E044" Error "日历文件不对" "calendar file is invalid";
    TemplateName "E050" Error "提示语里的名称不对" "message template with an unknown name";
    TemplateSensitive "E051" Error "提示语会说出敏感数据" "message would tell sensitive data";
    DataPath "E060" Error "标识、名称、日期或版次的路径不对" "identity, name, date or edition path is wrong";
    Attribute "E061" Error "属性用错了地方" "attribute does not fit its field";
    Constant "E062" Error "这里要常量" "a constant must stand here";
    Clause "E063" Error "缺少或重复了子句" "clause missing, repeated or with an unknown word";
    NotAFold "E064" Error "全县规则不能逐校累计" "county rule that is not a fold";
    NeverInForce "E065" Error "施行的日子一天也没有" "in force on no day";
    Months "E066" Error "除 的月份不在 1 至 12" "excepted month that is none of 1 to 12";
    NeverDue "E067" Error "期限或频次永远不会不符" "deadline or frequency that can never fail";
    PlannedDone "E068" Error "计划的日期不能当完成日期" "planned date where what was done must stand";
    NoPlaceholder "E074" Error "可填 的不是占位字样" "may_be of a word that is no placeholder";
    ParamRange "E075" Error "参数的范围不对" "range of a parameter that its default breaks";
    Constraint "E076" Error "约束写在查不到的地方" "constraint over what is not there to be checked";
    LineEnd "E080" Error "不能确定是不是换行的字符" "character that may or may not end a line";
    NotRead "E081" Error "像规则的文件没有读取" "file that looks like rules and is not read";
    NoRules "E082" Error "规则集里没有规则" "pack without rules";
    SecondData "E083" Error "一个范围有两处 数据" "second data of a scope";
    ZeroDivision "E084" Error "除数是 0" "division by zero";
    ReversedRange "E085" Error "范围的两端写反了" "range whose ends are reversed";
    ForbidsNothing "E086" Error "禁填 的键里没有字" "forbidden key without a letter";
    CountyOpen "E096" Error "全县规则不知道有哪些学校" "county rules that cannot know which schools there are";
    ReservedKey "E097" Error "程序自己要用的键" "key that the program itself uses";
    BlankText "E098" Error "写给人看的文字是空的" "text that tells people nothing";
    NoPlaceholders "E099" Error "占位 一个词也没有" "placeholders without a word";
    BlankParam "E100" Error "参数等于没有填" "parameter that says nothing";
    AlwaysSame "W101" Warning "比较的结果总是一样" "comparison that is always true or always false";
    Uncovered "W102" Warning "来源里有句子没有规则" "source sentence that no rule cites and no uncheckable excuses";
    UnusedField "W103" Warning "字段没有规则使用" "field that no rule uses and no keep explains";
    Unused "W104" Warning "声明了却没有使用" "unused definition, parameter, option, record, table or source";
    OwnList "W105" Warning "不漏 对照的是学校自己的清单" "covers against the school's own list";
    NoCitation "W106" Warning "规则没有依据" "rule without a citation";
    NeedlessDefault "W107" Warning "缺省 没有作用" "default on a value that is never absent";
    Unseen "W108" Warning "文字里有看不见的字符" "character in a text that cannot be seen";
    DateTense "W110" Warning "日期没有说是已发生还是计划" "date of which nothing says whether it has happened";
    ByHand "W111" Warning "用日期加天数比较,不按 期间 计算" "days counted by hand, which the parameter counting does not reach";
    OutlivesPack "W112" Warning "规则的施行超出了规则集的" "rule in force beyond its pack";
    GuardRequired "W115" Warning "判断有没有,其实什么也没有问" "has or lacks that asks nothing";
    Unbounded "W118" Warning "数、日期或参数没有范围" "number, date or parameter without bounds";
    DueRequired "W119" Warning "期限的日期是必填的" "deadline whose date is required";
    StrayFile "W120" Warning "文件没有用到" "file in the pack's folder that is not used";
    Contradiction "W121" Warning "要求互相矛盾" "requirements that nothing meets together";
    DeadRow "W122" Warning "表里有永远用不到的行" "row of a table that nothing fits";
    ShortQuote "W123" Warning "引文太短,认不出是哪一句" "quote too short to tell what it quotes";
    QuoteMark "W124" Warning "引文以标点开头" "quote that begins with a mark";
    Twice "W125" Warning "同一项写了两次" "item that stands twice in a list";
    NoIdentity "W126" Warning "没有写标识" "data without identity";
    NoEffect "W127" Warning "属性不起作用" "attribute that does nothing here";
    SettledTwice "W128" Warning "一句话又引又不查,或不查了两次" "sentence that is excused though a rule cites it, or excused twice";
    NoCalendar "W129" Warning "按节假日算却没有日历" "rest days counted without a calendar";
    Example "W130" Warning "示例不合自己的字段" "example that its own field would not take";
    StaleAllowance "W131" Warning "允许 不起作用" "allowance of what is not warned of";
    QuoteNumber "W132" Warning "引文里的数规则没有用到" "number of a quote that the rule does not use";
    Settled "W133" Warning "规则的结果早就定了" "rule of which the outcome is settled";
    SaysNothing "W134" Warning "条件等于没有写" "condition that says nothing";
    AskedTwice "W135" Warning "同样的要求写了两次" "requirement that stands twice";
    SameMessage "W136" Warning "两条要求说同一句话" "message of two requirements";
    Silent "W137" Warning "没有写标题、不符或整改" "rule without title, otherwise or remedy";
    TextEscapes "W138" Warning "换个写法就躲过去的文字" "free text that passes when written otherwise";
    EmptyPasses "W139" Warning "空表也能通过" "rule that an empty list passes";
    SilentOption "W140" Warning "选项没有规则提到" "option that no rule mentions";
    UnorderedDates "W141" Warning "日期的先后没有规则管" "dates of which nothing says the order";
    PrintsOther "W142" Warning "提示语说的不是条件比的" "message of what its condition does not compare";
    MayDivideZero "W143" Warning "除数可能是 0" "division by what may be 0";
    QuoteBound "W144" Warning "界限与引文说的不一样" "bound other than the quote's";
}

impl Code {
    /// The code with this spelling, in either case.
    ///
    /// ```
    /// use bulou_messages::codes::Code;
    /// assert_eq!(Code::parse("e012"), Some(Code::UnknownName));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}
