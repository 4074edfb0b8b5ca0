//! Which characters look like which others: letters like those of ASCII, signs for sounds like Chinese characters, and what
//! characters are made of like the characters themselves (Unicode's `EquivalentUnifiedIdeograph`).

/// Letters, by their writing, that look like Latin ones, and these in the same order.
pub(super) const LATIN: [(&str, &str); 6] = [
    // Cyrillic and Greek.
    (
        "АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυιѴѵҮүԌԜӀӏϹϲϳͿ",
        "ABESIJKMHOPCTYXaeopcyxsijhdqwABEZHIKMNOPTYXovuiVvYyGWIlCcjJ",
    ),
    // Armenian.
    ("ՕՍՏօոսհյցզ", "OUSonuhjgq"),
    // Coptic.
    ("ⲂⲎⲒⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲬⲭ", "BHIKMNOoPpCcTYXx"),
    // Cherokee.
    ("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴꭵꮃꮓꮩꮪꮯ", "DRTiAJEWMHYGhZbRWSVSLCPKdBiwzvsc"),
    // Lisu.
    ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU"),
    // Latin letters of other alphabets.
    ("ɑɡıȷɩᴄᴏᴠᴡᴢꜱ", "agijicovwzs"),
];

/// Letters of Japanese, and signs for sounds, that look like Chinese characters, and these.
pub(super) const SOUNDS: (&str, &str) =
    ("ニロカタトハエオーヘノㄧㄈㄚㄎㄇㄒㄩ", "二口力夕卜八工才一へ丿一匚丫丂冂下凵");

/// Radicals and strokes that look like Chinese characters, and these; those of Kangxi are taken for them by NFKC.
#[rustfmt::skip]
pub(super) const PARTS: (&str, &str) = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾\
     ⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇆㇏㇐㇑㇒㇓㇔㇕\
     ㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹\
     艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀𠃌乀一丨丿丿丶𠃍\
     乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎",
);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{LATIN, PARTS, SOUNDS};

    #[test]
    fn every_character_has_one_twin() {
        let mut seen = HashSet::new();
        for (those, these) in LATIN.into_iter().chain([SOUNDS, PARTS]) {
            assert_eq!(those.chars().count(), these.chars().count(), "{those}");
            assert!(those.chars().all(|c| seen.insert(c) && !these.contains(c)), "{those}");
        }
        assert!(LATIN.iter().all(|(_, these)| these.bytes().all(|byte| byte.is_ascii_alphabetic())));
    }
}
