//! Tables of formats: what people and programs use, and what makes another value of a cell's own.

use super::super::content::Content;
use super::Format;

fn number(digits: &str) -> Content {
    Content::Number(digits.to_owned(), false)
}

fn date() -> Content {
    Content::Date(bulou_base::date::parse("2022-06-27").expect("a date"))
}

fn check(content: &Content, honest: &[&str], misleading: &[&str]) {
    for code in honest {
        assert!(!Format::new(code).misleads(content), "{code} shows {content:?}");
    }
    for code in misleading {
        assert!(Format::new(code).misleads(content), "{code} does not show {content:?}");
    }
}

#[test]
fn formats_of_days_show_year_month_and_day() {
    check(
        &date(),
        &[
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\"",
            "yyyy年m月d日;@",
            "[$-804]yyyy\\-m\\-d;@",
            "yyyy/m/d",
            "m/d/yyyy",
            "yyyy.mm.dd",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
            "[$-F800]dddd, mmmm dd, yyyy",
            "yyyy-mm-dd hh:mm",
            "yyyy-mm-dd hh:mm:ss.000",
            "yyyy-mm-dd_)",
            "yyyy\\-mm\\-dd",
            "[Red]yyyy-mm-dd",
            "[$-409]d-mmm-yyyy;@",
            "[$-409]mmmm d, yyyy;@",
            "yyyy-mm-dd;;",
            "[>50000]yyyy-mm-dd;yyyy/m/d",
            "YYYY-MM-DD",
            "yyyy!-mm!-dd",
            "[$-804]e-mm-dd",
            "[$-zh-CN]yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\" h\"时\"mm\"分\"",
            "[$-1010409]m/d/yyyy",
            "dddd, mmmm d, yyyy",
        ],
        &[
            "yyyy\"年\"m\"月\"",
            "m\"月\"d\"日\"",
            "mm-dd",
            "yyyy",
            "[$-130000]yyyy-mm-dd",
            "[$-41E]yyyy-mm-dd",
            "[$-107041E]d/m/yyyy",
            "bbbb-mm-dd",
            "B2yyyy-mm-dd",
            "[$-1170000]yyyy-mm-dd",
            "[$-411]e-mm-dd",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "e-mm-dd",
            "[$-404]e/m/d",
            "\"没有\"",
            "\"2022-06-27\"",
            "\"已\"yyyy-mm-dd",
            "yyyy-mm-dd\"(未)\"",
            ";;;",
            "[>50000]yyyy-mm-dd;\"未销\"",
            "[<1]yyyy;\"未\"",
            "yyyy-dd-mm",
            "yy-m-d",
            "hh:mm",
            "[h]:mm",
            "*-yyyy-mm-dd",
            "\\2\\0\\2\\3-mm-dd",
            "yyyy\"-07-\"dd",
            "[White]yyyy-mm-dd",
            "[Color2]yyyy-mm-dd",
            "AM/PM",
            "mmm-yy",
            "d",
            "aaaa",
            // Some programs take that for another calendar.
            "yyyy-mm-dd aaaa",
            "[$2023-]mm-dd",
            "mm:ss",
            "yyyy/m",
            "[$-130804]yyyy-mm-dd",
            "[$-13000000]yyyy-mm-dd",
            "[$-F400]h:mm:ss AM/PM",
            "* ",
            "yyyy-mm-dd\" 2023-01-01\"",
            "0*未",
            "mmmmm d, yyyy",
            "[$-ja-JP-x-gannen]e-m-d",
            "[$还没有]yyyy-mm-dd",
            "yyyy-mm-dd%",
            "G\"未销号\"",
            "yyyy-mm\"-0\"d",
        ],
    );
    // The day number says nothing else than the day, and the reader tells it.
    check(&date(), &["General", "0", "@"], &["0.0,", "\"无\""]);
    for (ids, misleads) in [
        (&[14, 22, 31][..], false),
        (&[15, 16, 17, 18, 20, 27, 28, 30, 32, 34, 36, 45, 46, 47, 50, 54, 55, 57, 58], true),
    ] {
        for id in ids {
            assert_eq!(Format::builtin(*id).misleads(&date()), misleads, "{id}");
        }
    }
    // The fifth of June or the sixth of May.
    let june = Content::Date(bulou_base::date::parse("2022-06-05").expect("a date"));
    check(&june, &["yyyy-mm-dd", "d-mmm-yyyy"], &["m/d/yyyy", "d/m/yyyy", "yyyy-dd-mm"]);
}

#[test]
fn formats_of_numbers_show_their_digits_sign_and_size() {
    check(
        &number("6"),
        &[
            "General",
            "general",
            "GENERAL",
            "0",
            "0.0",
            "00",
            "0%",
            "#",
            "?",
            "0.00E+00",
            "0\"人\"",
            "0人",
            "General\"个\"",
            "#,##0",
            "0,0",
            "[Red]0",
            "[Red]0;[Blue]-0",
            "[$¥-804]0",
            "[$￥-804]#,##0.00",
            "¥#,##0",
            "0_0",
            "@",
            "General;General",
            "0.;",
            "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "0;;;@",
            "#\"平方米\"",
            "[DBNum1]0",
            "G/通用格式\"人\"",
            "0;0;\"x\"",
            "[=0]\"无\";General",
            "",
            "0\\ \"kg\"",
            "[<=5]\"3\";0",
            "[$€-407]0.00",
        ],
        &[
            "0,",
            "0,,",
            "0\"万\"",
            "\"5\"0",
            "0\"0\"",
            "0\\0",
            "\"-\"0",
            "-0",
            ";-0",
            "[>5]\"3\";0",
            "[=6]\"无\";General",
            "# ?/?",
            "yyyy",
            "0*0",
            "\"共\"@",
            "General\"0\"",
            "!60",
            "0!0",
            "h",
            "[h]",
            "\"６\"",
            "[$6]",
            "[$6-804]0",
            "[$6]0",
            "[<=5]0;[>5]\"2\"",
            "0\"%\"",
            "0‰",
            "0/6",
            "-General",
            "0\"千\"",
            "0 \"hundred\"",
            "0-0",
            "(0)",
            "0:0",
            "0/0",
            "0\\%",
            "0%%",
            "0\"人以外的\"",
            "未销",
            "\"1\"0",
            "0*未",
            ";;;",
            "0\"亿\"",
            "0百",
            "#\",\"0",
            "0\"未改\"",
            "[<1]0;[>9]0",
            "\"约\"0",
            "[否]0",
            "0;0;0;0;0;[",
        ],
    );
    check(
        &number("0"),
        &["0", "0;-0;0;@", "General;-General", "0;0;-", "0%", "_ * \"-\"??_ "],
        &["#", "General;;", "0;-0;;@", "#;;", "#,###", "0;0;\"无\"", "?", "#.##"],
    );
    check(
        &number("0.75"),
        &["0.00", "0%", "#.##", ".00", "0.00%", "0.00 %", "#%", "0.00E+0", "0.000", "0.00\"米\""],
        &[
            "0",
            "0.0",
            "#",
            "0\"%\"",
            "0.",
            "0.0,",
            "[=0.75]\"无\"",
            "0.00\"万\"",
            "0.00\\%",
            "[<1]\"1\"%;0",
            "%",
            "0%%",
            "?/4",
            "?/2",
            "# ?/?",
            "yyyy",
            "0.00\" 左右\"",
        ],
    );
    check(&number("0.6"), &["0.0"], &["0", "0;;", "-0.0", "[Red]0"]);
    check(
        &number("-6"),
        &["0", "0;-0", "0;(0)", "#,##0_);(#,##0)", "0.00_ ;[Red]\\-0.00\\ ", "General"],
        &["0;0", "0;\"6\"", "[<0]0;0", "0;", "0;;", "[Red]0;[Red]0", "\"-\"0"],
    );
    // A number of eight digits in a day's cell: nothing is seen, and the reader tells what it is taken for.
    check(&number("20220627"), &["yyyy-mm-dd"], &["\"没有\"", "[>1]\"没有\";yyyy-mm-dd"]);
    check(&number("0.354166666666667"), &["General"], &["h:mm", "yyyy-mm-dd"]);
}

#[test]
fn formats_of_texts_and_truth_values_show_them() {
    let text = Content::Text("是".into());
    check(
        &text,
        &["@", "General", "0", ";;;@", "[Red]@", "[$-804]@", "_否@", "\"否\"", "yyyy-mm-dd", "0;0;0;@", "@_ "],
        &[
            "\"不\"@",
            "@\"(未)\"",
            ";;;",
            "0;0;0;",
            "General;General;General;\"否\"",
            "@@",
            "@\"否\"",
            "[否]@",
            "[$否]@",
            "*否@",
            "[$-804]yyyy-mm-dd;\"x\"@",
            "0;0;0;\"是否\"",
            "\"不\"@;0",
        ],
    );
    check(
        &Content::Bool(true),
        &["General", "0", "0.00", "\"是\";;\"否\"", "@"],
        &["\"否\"", "[=1]\"否\";\"是\"", "\"否\";\"否\";\"是\""],
    );
    check(&Content::Bool(false), &["General", "\"是\";;\"否\""], &["\"是\""]);
}
