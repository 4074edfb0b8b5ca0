//! What shells and manuals are told of the command line, made from the same description as its help.

use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible;
use bulou_messages::texts;
use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::destination::{self, show};
use super::{Cli, Common, PARSE, help};

/// `bulou completions`: the script that completes commands and options in a shell.
pub fn completions(shell: Shell, common: &Common) -> Result<u8, String> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::told(Cli::command(), common.lang()), "bulou", &mut script);
    show(String::from_utf8_lossy(&script).trim_end()).map(|()| 0)
}

/// `bulou man`: a page of the manual for the program and one for each command, in a folder.
pub fn man(folder: &Path, common: &Common) -> Result<u8, String> {
    let pages = pages(folder, common).map_err(|error| {
        let shown = visible(&folder.display().to_string());
        texts::cannot_written_2(&shown, &error).get(common.lang())
    })?;
    let names: Vec<String> = pages.iter().map(|page| visible(&page.display().to_string())).collect();
    show(&names.join("\n")).map(|()| 0)
}

fn pages(folder: &Path, common: &Common) -> Result<Vec<PathBuf>, String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let mut command = help::told(Cli::command(), common.lang()).disable_help_subcommand(true);
    command.build();
    let of_commands = command.get_subcommands().filter(|one| one.get_name() != PARSE);
    let named = of_commands.map(|one| (format!("bulou-{}.1", one.get_name()), one.clone()));
    let mut pages = Vec::new();
    for (name, command) in std::iter::once(("bulou.1".to_owned(), command.clone())).chain(named) {
        let mut page = Vec::new();
        let title = name.trim_end_matches(".1").to_owned();
        Man::new(command).title(title).render(&mut page).map_err(|error| error.to_string())?;
        destination::replace(&folder.join(&name), &page)?;
        pages.push(folder.join(name));
    }
    Ok(pages)
}
