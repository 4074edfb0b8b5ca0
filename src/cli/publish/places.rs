//! Where a publication comes from and goes to: what must not lie there.

use std::path::{Path, PathBuf};

use bulou_messages::diagnostic::LocalizedText;
use bulou_pack::publish::Prepared;

use super::folder::Folder;
use super::secret::{files_with, secrets_in};

/// Everything that stands against publishing from one folder into another, before anything is read.
pub fn checked(from: Option<&Path>, to: &Path, key: Option<&Path>) -> Result<(), Vec<LocalizedText>> {
    let mut problems = Vec::new();
    let shown = to.display();
    if std::fs::symlink_metadata(to).is_ok_and(|about| about.is_symlink()) {
        problems.push(LocalizedText::new(
            format!("`{shown}` 是链接:发布不通过链接写,请写真正的文件夹"),
            format!("`{shown}` is a link: nothing is published through a link, so give the folder itself"),
        ));
    }
    let (out, pack) = (whole(to), from.map(whole));
    if let (Some(out), Some(Some(pack))) = (&out, &pack)
        && (out.starts_with(pack) || pack.starts_with(out))
    {
        problems.push(LocalizedText::new(
            format!("`{shown}` 和规则集的文件夹一个在另一个里面:请分开放"),
            format!("`{shown}` and the pack's folder lie within one another: keep them apart"),
        ));
    }
    for folder in [Some(to), from].into_iter().flatten() {
        problems.extend(secrets_in(folder));
    }
    if let Some(key) = key
        && problems.is_empty()
        && let Some(place) = key.canonicalize().ok()
        && [out, pack.flatten()].iter().flatten().any(|folder| place.starts_with(folder))
    {
        let shown = key.display();
        problems.push(LocalizedText::new(
            format!("私钥 `{shown}` 在规则集或发布的文件夹里:请移到别处"),
            format!("the secret key `{shown}` lies in the pack's or the published folder: move it elsewhere"),
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A folder's whole path, also where it is still to be made.
fn whole(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find(|path| path.exists())?;
    Some(there.canonicalize().ok()?.join(path.strip_prefix(there).ok()?))
}

/// Refuses a folder that holds what no publication in it consists of: schools would refuse it.
pub fn only_published(folder: &Folder, prepared: &Prepared) -> Result<(), LocalizedText> {
    let names: Vec<String> = folder.unlisted(&prepared.index).map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return Ok(());
    }
    let (names, en) = (names.join("、"), names.join(", "));
    Err(LocalizedText::new(
        format!("发布的文件夹里有别的东西:{names}。学校会因此不接受,请移走,或发布到空的文件夹"),
        format!(
            "the folder holds other things: {en}. Schools would refuse it, so take them away, or publish into an empty folder"
        ),
    ))
}

/// Refuses to publish the secret key that signs, wherever in the files it was pasted.
pub fn without_secret(key: &Path, prepared: &Prepared) -> Result<(), LocalizedText> {
    let names = files_with(key, &prepared.files)?;
    if names.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (names, en) = (names.join("、"), names.join(", "));
    Err(LocalizedText::new(
        format!(
            "私钥写在规则集的文件里,会随 {names} 发出去,没有发布:请从规则、来源、参数和豁免里删去;可能已经给了别人时,换一把钥匙"
        ),
        format!(
            "the secret key stands in the pack's files and would go out with {en}, so nothing was published: delete it from the rules, sources, parameters and waivers; if others may have it already, change the key"
        ),
    ))
}
