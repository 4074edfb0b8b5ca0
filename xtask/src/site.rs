//! The site: the pages of `docs/` as a book.

use xtask::files::files;
use xtask::run::{Outcome, has, root, run};

/// What a link out of `docs/` begins with.
const OUT: &str = "<a href=\"../";

/// Builds `docs/` into `target/site`, where `docs/book.toml` puts it.
pub fn site() -> Outcome {
    if !has("mdbook", "--version") {
        return Err("the site needs mdbook: `cargo install --locked mdbook`".to_owned());
    }
    run("mdbook", &["build", "docs"])?;
    let made = root().join("target/site");
    for page in files(&made)?.iter().filter(|path| path.extension().is_some_and(|end| end == "html")) {
        let failed = |error: std::io::Error| format!("{}: {error}", page.display());
        let text = std::fs::read_to_string(page).map_err(failed)?;
        std::fs::write(page, kept_in(&text)).map_err(failed)?;
    }
    println!("{}", made.join("index.html").display());
    Ok(())
}

/// A page without its links to files of the repository, which are not on the site: their words stay.
fn kept_in(page: &str) -> String {
    let mut parts = page.split(OUT);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let words = part.split_once('>').and_then(|(_, rest)| rest.split_once("</a>"));
        match words {
            Some((words, rest)) => kept.extend([words, rest]),
            None => kept.extend([OUT, part]),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::kept_in;

    #[test]
    fn links_out_of_the_site_are_words_and_others_stay() {
        let page = "<a href=\"a.html\">a</a> <a href=\"../src/b.rs\"><code>b</code></a>, <a href=\"../c\">c</a>.";
        assert_eq!(kept_in(page), "<a href=\"a.html\">a</a> <code>b</code>, c.");
    }
}
