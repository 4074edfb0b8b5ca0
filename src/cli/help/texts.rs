//! What the help says of every command, argument and value, in both languages.

/// A name and its texts, Chinese and English.
pub type Text = (&'static str, &'static str, &'static str);

/// What the program is.
pub const ABOUT: (&str, &str) = (
    "不漏:用规则集检查学校自查数据。",
    "Bulou, nothing left out: checks schools' self-assessments against a rule pack.",
);

/// Commands.
pub const COMMANDS: &[Text] = &[
    ("check", "检查学校文件", "Check schools' documents"),
    ("county", "汇总各校文件,出全县报告", "Put the schools' documents together into the county's report"),
    ("lint", "编译规则集,列出所有问题", "Compile a rule pack and list all that is wrong with it"),
    ("test", "运行规则集自带的案例", "Run the pack's own cases"),
    ("fmt", "整理规则文件的格式", "Lay out rule files in their canonical form"),
    (
        "diff",
        "比较规则集的两版:改了什么,谁的结果会变",
        "Compare two versions of a pack: what changed, and whose result changes",
    ),
    (
        "prove",
        "问规则到底能不能适用、符合、不符合,两条规则会不会矛盾(要装 z3 或 cvc5)",
        "Ask whether rules can apply, pass or fail at all, and contradict one another (needs z3 or cvc5)",
    ),
    (
        "publish",
        "发布规则集:索引、散列值、有效期和签名",
        "Publish a pack: an index with hashes, days of validity and a signature",
    ),
    (
        "verify",
        "核对发布的规则集:是谁签的,改过没有,是不是旧的",
        "Verify published packs: who signed them, whether they were altered, whether they are old",
    ),
    ("schema", "文件的 JSON Schema(2020-12)", "The documents' JSON Schema (2020-12)"),
    (
        "template",
        "一份空白文件,或填好了的 Excel 工作簿",
        "A blank document, or an Excel workbook with what was filled in",
    ),
    (
        "explain",
        "详细解释一个代码,如 E023、D006;不写代码就列出全部",
        "Explain a code such as E023 or D006 at length; list all without one",
    ),
    ("lsp", "编辑器的语言服务器,用标准输入输出通信", "The language server for editors, on standard input and output"),
    ("trace", "逐句列出来源,以及引用它的规则", "List the sources sentence by sentence with the rules that cite them"),
    ("help", "显示帮助", "Show help"),
];

/// Arguments: by name, or as `command.name` where a command means something of its own by it.
pub const ARGUMENTS: &[Text] = &[
    (
        "pack",
        "规则集文件夹;不写则用程序自带的 campus-safety",
        "Folder of the rule pack; campus-safety, which is built in, if none is given",
    ),
    ("lang", "工具自己的话用哪种语言", "Language of the tool's own words"),
    ("color", "颜色", "Colours"),
    ("help", "显示帮助", "Show help"),
    ("version", "显示版本", "Show the version"),
    ("help.command", "哪个命令的", "Of which command"),
    ("path", "规则集文件夹", "Folder of the rule pack"),
    ("verify.path", "发布的文件夹", "The published folder"),
    ("deny", "有提醒也算失败", "What fails besides errors"),
    ("schema.county", "全县数据的,不是学校的", "The county's document, not a school's"),
    ("code", "代码", "The code"),
    ("check.paths", "文件、文件夹,或 - 表示标准输入", "Files, folders, or - for standard input"),
    ("county.paths", "各校的文件、文件夹,或 - 表示标准输入", "The schools' files, folders, or - for standard input"),
    ("schema", "另一份 JSON Schema,文件也要符合它", "Another JSON Schema that documents have to fit as well"),
    ("format", "输出形式", "Form of the output"),
    ("output", "写到这个文件,不写到标准输出", "Write to this file instead of standard output"),
    ("sarif", "另写一份 SARIF 到这个文件", "Write SARIF to this file as well"),
    (
        "annotated",
        "另写一份 Excel:填报内容加上标了颜色、带批注的问题格(只用于一份文件)",
        "Write an Excel workbook as well: what was filled in, with the cells in question coloured and commented (for one document only)",
    ),
    (
        "own_day",
        "每份文件按它自己的填报日期核对;没有写、或晚于核对日的,仍按核对日",
        "Check each document on the day it was filled in; on the day of the check where it has none or a later one",
    ),
    (
        "check.quiet",
        "只写结论和要办的事,不显示进度",
        "Write verdicts and what is to be done only, and show no progress",
    ),
    ("county.quiet", "不显示进度", "Show no progress"),
    ("ndjson", "每行一份文件", "A document a line"),
    (
        "name_by",
        "文件怎样称呼:file 用文件名(每行一份的加行号),hash 用内容的 SHA-256——分到几台机器上核对,名字也一样",
        "What a document is called: file, by its file (and line); hash, by the SHA-256 of its content, which is the same on whichever machine it is checked",
    ),
    ("fail_on", "到什么程度算失败", "From which verdict on it is a failure"),
    (
        "check.jobs",
        "同时核对几份;默认用所有处理器",
        "Documents that are checked at once; as many as there are processors by default",
    ),
    (
        "county.jobs",
        "同时核对几份;默认用所有处理器",
        "Documents that are checked at once; as many as there are processors by default",
    ),
    (
        "test.jobs",
        "同时用几个线程做变异;不写则每个处理器一个",
        "Threads that try mutants; one for each processor by default",
    ),
    (
        "prove.rules",
        "只问这条规则,并写出找到的例子;可以写几次",
        "Ask about this rule only, and show the examples that are found; may be given several times",
    ),
    (
        "k",
        "列表先看最多几项;不够时自己再看长一些",
        "How many elements lists have at first; where that is not enough, longer ones are tried",
    ),
    ("timeout", "每个问题最多用几秒", "How many seconds each question may take"),
    (
        "solver",
        "求解器的路径;不写就找 z3,再找 cvc5",
        "Path of the solver; z3 or else cvc5 is looked for if none is given",
    ),
    (
        "prove.as_of",
        "只问这一天核对;不写就是任何一天",
        "Ask of this day of the check only; of any day if none is given",
    ),
    ("as_of", "核对日,默认今天(北京时间)", "Day of the check; today by default (Beijing time)"),
    ("publish.as_of", "发布日,默认今天(北京时间)", "Day of the publication; today by default (Beijing time)"),
    ("params", "参数,如 会议日期=2022-06-22", "A parameter, such as met=2022-06-22"),
    ("params_file", "参数文件(JSON 对象)", "File of parameters (a JSON object)"),
    ("waivers", "豁免文件(JSON 数组)", "File of waivers (a JSON array)"),
    (
        "publish.params",
        "随规则集发布的参数(JSON 对象);不写则沿用上一份",
        "Parameters to publish with the pack (a JSON object); those of the last publication if none are given",
    ),
    (
        "publish.waivers",
        "随规则集发布的豁免(JSON 数组);不写则沿用上一份",
        "Waivers to publish with the pack (a JSON array); those of the last publication if none are given",
    ),
    (
        "published",
        "用教育局发布的这个文件夹:核对签名后,用其中的规则、参数和豁免",
        "Use this folder that the bureau published: its rules, parameters and waivers, once its signature is verified",
    ),
    ("public_key", "教育局的 minisign 公钥文件", "File of the bureau's minisign public key"),
    (
        "accepted",
        "记着上次接受了哪一份索引的文件;接受后更新,没有则新建",
        "File that remembers which index was accepted last; updated when one is accepted, made if there is none",
    ),
    ("pack_id", "发布的文件夹里有几份规则集时,用哪一份", "Which pack to use, where several are published"),
    ("county.county", "全县数据(教体局填的那一份)", "The county's document (the bureau's own)"),
    ("partial", "只做一部分:写出可合并的状态,不出报告", "Do a part: write a state to be merged, and no report"),
    ("merge", "合并这些状态", "Merge these states"),
    (
        "previous",
        "以前的全县报告(JSON):列出改好的、新出现的和连续没有交表的",
        "An earlier county report (JSON): list what was fixed, what is new and who is missing again",
    ),
    (
        "notices",
        "另写一份可打印的通知单(HTML):没有交表的催报,有不符合、逾期的督办,一校一页",
        "Write letters to print as well (HTML), a page a school: to those that submitted nothing, and to those that fail or are late",
    ),
    ("all", "列出全部,不只前二十个", "List all, not the first twenty only"),
    (
        "mutate",
        "把规则逐处改一点,列出没有案例发现的改动",
        "Change the rules a little, place by place, and list the changes that no case notices",
    ),
    (
        "documents",
        "把齐全、符合的案例逐个字段改成谁也不会这样填的,列出没有人发现的,和每条规则最省事也能符合的数据",
        "Change complete cases that pass, field by field, to what nobody would mean; list what nothing notices, and the cheapest document that each rule accepts",
    ),
    (
        "min_noticed",
        "改了数据,发现的比例低于这个百分数就算失败",
        "Fail if fewer per cent of the changed documents are noticed",
    ),
    ("min_score", "变异发现的比例低于这个百分数就算失败", "Fail if fewer per cent of the mutants are noticed"),
    (
        "files",
        "规则文件、文件夹(其中所有 *.bulou),或 - (标准输入,结果写到标准输出);不写则用 --pack 的文件夹",
        "Rule files, folders (all *.bulou in them), or - (standard input to standard output); the folder of --pack if none is given",
    ),
    (
        "check",
        "不改文件:列出要改的文件和改动,有则退出码为 1",
        "Change no file: list the files and the changes, and exit with 1 if there are any",
    ),
    ("keywords", "把关键词都换成中文或英文", "Write all keywords in Chinese or English"),
    ("old", "旧版:规则集文件夹,或发布的 .bulou.json", "The old version: a pack's folder, or a published .bulou.json"),
    ("new", "新版", "The new version"),
    ("data", "学校文件或文件夹:看谁的结果会变", "Schools' files or folders: whose result changes"),
    ("publish.output", "发布到这个文件夹", "Folder to publish into"),
    (
        "key",
        "minisign 私钥文件;不写则只写索引,再用 minisign -S 签名",
        "File of the minisign secret key; without one the index alone is written, to be signed by minisign -S",
    ),
    (
        "password_file",
        "私钥密码所在的文件;也可用环境变量 BULOU_KEY_PASSWORD,都没有就询问",
        "File of the secret key's password; or the environment's BULOU_KEY_PASSWORD; asked for without either",
    ),
    (
        "publish.public_key",
        "用来签名的那把钥匙的公钥文件;有 --key 时不用写",
        "File of the public key of the key that signs; not needed with --key",
    ),
    (
        "last_key",
        "换钥匙的那一次:上一份索引是用哪把钥匙签的(公钥文件)",
        "When the key changes: which key signed the last index (a public key's file)",
    ),
    (
        "next_key",
        "公布下一把钥匙(公钥文件);公布以后学校只认它接替",
        "Announce the next key (a public key's file); schools then take no other after this one",
    ),
    (
        "revoke",
        "作废一把钥匙(公钥文件):它签的一律不再接受",
        "Revoke a key (a public key's file): nothing that it signed is accepted any more",
    ),
    ("days", "有效多少天", "Days of validity"),
    (
        "min_engine",
        "学校最低要用哪一版 bulou,如 0.1.0;默认本程序的版本",
        "The oldest version of bulou that schools may use, such as 0.1.0; this program's by default",
    ),
    ("newest_only", "旧版本的规则文件可以不在", "Rule files of older versions may be absent"),
    (
        "template.county",
        "全县数据的,由县里填:名册和县里的各项工作",
        "The county's document, filled in by the county: its roster and its own work",
    ),
    (
        "template.format",
        "形式;不写则看 -o 的文件名,.xlsx 是 Excel 工作簿",
        "Form; without it by the name of -o, where .xlsx is an Excel workbook",
    ),
    ("fill", "把这份文件(JSON 或 Excel)的内容填进去", "Fill in what this document (JSON or Excel) says"),
];

/// Values that are named: by argument and value, or as `command.argument=value`.
pub const VALUES: &[Text] = &[
    ("lang=zh", "中文", "Chinese"),
    ("lang=en", "英文", "English"),
    ("keywords=zh", "中文", "Chinese"),
    ("keywords=en", "英文", "English"),
    ("color=auto", "输出到终端时才有", "On a terminal only"),
    ("color=always", "总有", "Always"),
    ("color=never", "没有", "Never"),
    ("deny=warnings", "提醒", "Warnings"),
    ("format=text", "给人看", "For a person"),
    ("format=json", "一个 JSON 对象", "A JSON object"),
    ("check.format=json", "一个 JSON 对象;几份文件的,一个数组", "A JSON object, or an array for several documents"),
    ("format=ndjson", "每行一个 JSON 对象", "A JSON object a line"),
    ("check.format=csv", "每行一个发现,给电子表格用", "A line a finding, for a spreadsheet"),
    ("county.format=csv", "各校与各规则的对照,给电子表格用", "Schools by rules, for a spreadsheet"),
    ("format=sarif", "SARIF 2.1.0,写明文件中的行", "SARIF 2.1.0, with the line in the file"),
    ("format=junit", "JUnit XML:一份文件一组,一条规则一例", "JUnit XML: a suite a document, a case a rule"),
    ("format=github", "GitHub Actions 的注解", "Annotations of GitHub Actions"),
    ("format=html", "一个完整的网页", "A page that needs nothing beside itself"),
    ("county.format=xlsx", "一个 Excel 工作簿,什么都有", "An Excel workbook with everything"),
    ("template.format=json", "给程序用", "What programs exchange"),
    ("template.format=xlsx", "Excel 工作簿", "An Excel workbook"),
    ("name_by=file", "文件名;几份中的一份加行号", "Its file, and its line where it is one of many"),
    ("name_by=hash", "内容的 SHA-256,放在哪里都一样", "The SHA-256 of its content, wherever it lies"),
    ("fail_on=fail", "不合格", "Not compliant"),
    ("fail_on=undetermined", "无法判断,或更差", "Undetermined, or worse"),
    ("fail_on=pending", "未到期,或更差", "Pending, or worse"),
];
