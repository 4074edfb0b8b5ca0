//! `bulou publish` and `bulou verify`: packs into a folder with an index and a signature, and back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulou::date::{Date, plus_days};
use bulou::diagnostic::{Lang, Words};
use bulou::limits;
use bulou::pack::publish::{
    Accepted, Before, Engine, INDEX, Prepared, Publication, Received, Refusal, SIGNATURE, Verified, authentic,
    continued, prepare, verify as check_all,
};
use bulou::shown::{visible, visible_lines};
use clap::Args;
use ct_codecs::{Base64, Decoder as _};
use minisign::{PublicKey, SecretKey, SecretKeyBox};

use super::check::{bytes, day, today};
use super::destination::{show, write};
use super::files::named_text;
use super::{Common, diff, pack};

/// The environment variable with the secret key's password.
const PASSWORD: &str = "BULOU_KEY_PASSWORD";

/// Options of `publish`.
#[derive(Args)]
pub struct PublishArgs {
    /// 规则集文件夹
    path: Option<PathBuf>,
    /// 发布到这个文件夹
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// minisign 私钥文件;不写则只写索引,再用 minisign -S 签名
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// 私钥密码所在的文件;也可用环境变量 BULOU_KEY_PASSWORD,都没有就询问
    #[arg(long, value_name = "FILE", requires = "key")]
    password_file: Option<PathBuf>,
    /// 公钥文件,用来核对文件夹里上一份索引;有 --key 时不用写
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// 随规则集发布的参数(JSON 对象);不写则沿用上一份
    #[arg(long, value_name = "FILE")]
    params: Option<PathBuf>,
    /// 随规则集发布的豁免(JSON 数组);不写则沿用上一份
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// 发布日,默认今天(北京时间)
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    /// 有效多少天
    #[arg(long, default_value_t = 180, value_name = "N")]
    days: u32,
    /// 学校最低要用哪一版 bulou;默认本程序的版本
    #[arg(long, value_name = "VERSION")]
    min_engine: Option<String>,
}

/// Options of `verify`.
#[derive(Args)]
pub struct VerifyArgs {
    /// 发布的文件夹
    path: PathBuf,
    /// 教育局的 minisign 公钥文件
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
    /// 记着上次接受了哪一份索引的文件;接受后更新,没有则新建
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// 核对日,默认今天(北京时间)
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    /// 旧版本的规则文件可以不在
    #[arg(long)]
    newest_only: bool,
}

/// `bulou verify`: exit code 0 when all is accepted, 1 when it is refused.
pub fn verify(args: &VerifyArgs, common: &Common) -> Result<u8, String> {
    let public_key = text(&args.public_key)?;
    let accepted = args.accepted.as_deref().map(last_accepted).transpose()?.flatten();
    let index = optional(&args.path.join(INDEX))?;
    let (signature, files) = (optional(&args.path.join(SIGNATURE))?, files(&args.path)?);
    let today = args.as_of.unwrap_or_else(today);
    let outcome = index.as_deref().ok_or_else(|| Refusal::MissingFile(INDEX.to_owned())).and_then(|index| {
        let signature = signature.as_deref();
        let received = Received { index, signature, files: &files, newest_only: args.newest_only };
        check_all(received, &public_key, accepted.as_ref(), today, &Engine::current())
    });
    let verified = match outcome {
        Ok(verified) => verified,
        Err(refusal) => {
            eprintln!("bulou: {}", visible(&refusal.view(common.lang()).to_string()));
            return Ok(1);
        }
    };
    if let Some(path) = &args.accepted {
        let json = serde_json::to_vec(&verified.accepted).map_err(|error| error.to_string())?;
        write(Some(path), &[json, b"\n".to_vec()].concat())?;
    }
    show(&visible_lines(&summary(&verified, common.lang())))?;
    Ok(0)
}

/// What was accepted, for a person.
fn summary(verified: &Verified, lang: Lang) -> String {
    let index = &verified.index;
    let words = Words::new(
        format!("签名无误,文件完整:第 {} 号索引,{} 发布,有效期到 {}", index.serial, index.published, index.expires),
        format!(
            "authentic and whole: index {}, published {}, valid to {}",
            index.serial, index.published, index.expires
        ),
    );
    let packs = index.in_force().map(|edition| format!("\n  {} {} {}", edition.id, edition.version, edition.title));
    format!("{}{}\n  sha256 {}", words.get(lang), packs.collect::<String>(), verified.accepted.sha256)
}

/// `bulou publish`
pub fn publish(args: &PublishArgs, common: &Common) -> Result<u8, String> {
    let pack = pack::files(args.path.as_deref().or(common.pack.as_deref()), common.lang())?;
    if pack::loaded(&pack, true, common).rules.is_none() {
        return Ok(2);
    }
    let key = args.key.as_deref().map(|path| secret_key(path, args.password_file.as_deref())).transpose()?;
    let held = files(&args.output)?;
    let before = before(args, key.as_ref(), &held, common)?;
    let today = args.as_of.unwrap_or_else(today);
    let engine =
        Engine { bulou: args.min_engine.clone().unwrap_or_else(|| Engine::current().bulou), ..Engine::current() };
    let (params, waivers) = (given(args.params.as_deref())?, given(args.waivers.as_deref())?);
    let kept = before.as_ref().map(|(bytes, verified)| Before { index: &verified.index, bytes, files: &held });
    let publication = Publication {
        pack: &pack,
        params: params.as_deref(),
        waivers: waivers.as_deref(),
        before: kept.as_ref(),
        today,
        expires: plus_days(today, args.days.into()).ok_or("有效期太长")?,
        engine: &engine,
    };
    let prepared = prepare(publication).map_err(|problems| Words::lines(&problems, common.lang()))?;
    let id = prepared.index.packs.last().map(|edition| edition.id.as_str()).unwrap_or_default();
    if let Some(replaced) = kept.as_ref().and_then(|kept| kept.index.newest(id))
        && let Some(bundle) = held.get(&replaced.bundle)
    {
        show(&diff::between_versions(bundle, &pack, today, common)?)?;
    }
    let signature = key.as_ref().map(|key| signature(key, &prepared, args)).transpose()?;
    write_all(&args.output, &prepared, signature.as_deref())?;
    show(&published(&args.output, &prepared, signature.is_some(), common.lang()))?;
    Ok(0)
}

/// What was written and what is left to do.
fn published(folder: &Path, prepared: &Prepared, signed: bool, lang: Lang) -> String {
    let (serial, expires, folder) = (prepared.index.serial, prepared.index.expires, folder.display());
    let words = if signed {
        Words::new(
            format!("已发布到 `{folder}`:第 {serial} 号索引,有效期到 {expires},已签名"),
            format!("published to `{folder}`: index {serial}, valid to {expires}, signed"),
        )
    } else {
        let sign = format!("minisign -S -s KEY -m {folder}/{INDEX} -t '{}'", prepared.comment);
        Words::new(
            format!("已写到 `{folder}`:第 {serial} 号索引,有效期到 {expires},还没有签名,学校不会接受。签名:\n  {sign}"),
            format!(
                "written to `{folder}`: index {serial}, valid to {expires}, not signed yet, so that no school accepts it. Sign it:\n  {sign}"
            ),
        )
    };
    format!("{}\n  sha256 {}", words.get(lang), bulou::eval::sha256(&prepared.bytes))
}

/// The index that is in the folder already, when there is one: it must be ours, and the files what it says.
fn before(
    args: &PublishArgs,
    key: Option<&SecretKey>,
    held: &BTreeMap<String, Vec<u8>>,
    common: &Common,
) -> Result<Option<(Vec<u8>, Verified)>, String> {
    let Some(index) = optional(&args.output.join(INDEX))? else { return Ok(None) };
    let public_key = match (&args.public_key, key) {
        (Some(path), _) => text(path)?,
        (None, Some(key)) => public_key(key)?,
        (None, None) => return Err("文件夹里已有索引:请用 --public-key 给出公钥,好核对它没有被改过".into()),
    };
    let signature = optional(&args.output.join(SIGNATURE))?;
    let received = Received { index: &index, signature: signature.as_deref(), files: held, newest_only: true };
    let verified = continued(received, &public_key)
        .map_err(|refusal| format!("不能接着文件夹里的上一份发布:{}", refusal.view(common.lang())))?;
    Ok(Some((index, verified)))
}

/// Reads a secret key of minisign's, encrypted or not.
fn secret_key(path: &Path, password_file: Option<&Path>) -> Result<SecretKey, String> {
    let text = text(path)?;
    if let Some(key) = open_key(&text) {
        return Ok(key);
    }
    let password = match password_file {
        Some(path) => Some(self::text(path)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => std::env::var(PASSWORD).ok(),
    };
    let key = SecretKeyBox::from_string(&text).and_then(|key| key.into_secret_key(password));
    key.map_err(|error| format!("私钥 `{}` 打不开(密码不对,或文件不是 minisign 私钥):{error}", path.display()))
}

/// A secret key that `minisign -G -W` wrote: it has no password and, unlike those of the crate, no checksum either.
fn open_key(text: &str) -> Option<SecretKey> {
    let bytes = Base64::decode_to_vec(text.lines().nth(1)?.trim(), None).ok()?;
    SecretKey::from_bytes(&bytes).ok().filter(|key| !key.is_encrypted())
}

fn public_key(key: &SecretKey) -> Result<String, String> {
    let public = PublicKey::from_secret_key(key).and_then(|public| public.to_box());
    Ok(public.map_err(|error| error.to_string())?.into_string())
}

/// Signs the index, and checks the signature as a school would.
fn signature(key: &SecretKey, prepared: &Prepared, args: &PublishArgs) -> Result<Vec<u8>, String> {
    let bytes = prepared.bytes.as_slice();
    let signed = minisign::sign(None, key, bytes, Some(&prepared.comment), None).map_err(|error| error.to_string())?;
    let signature = signed.into_string().into_bytes();
    let public_key = args.public_key.as_deref().map_or_else(|| public_key(key), text)?;
    authentic(bytes, Some(&signature), &public_key)
        .map_err(|refusal| format!("私钥和公钥不是一对:{}", refusal.view(Lang::Zh)))?;
    Ok(signature)
}

/// Writes the files, then the signature, then the index: what is interrupted is refused, and never half accepted.
fn write_all(folder: &Path, prepared: &Prepared, signature: Option<&[u8]>) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("建不了 `{}`:{error}", folder.display()))?;
    for (name, bytes) in &prepared.files {
        write(Some(&folder.join(name)), bytes)?;
    }
    let place = folder.join(SIGNATURE);
    match signature {
        Some(signature) => write(Some(&place), signature)?,
        None if place.exists() => {
            std::fs::remove_file(&place).map_err(|error| format!("删不了 `{}`:{error}", place.display()))?;
        }
        None => {}
    }
    write(Some(&folder.join(INDEX)), &prepared.bytes)
}

fn last_accepted(path: &Path) -> Result<Option<Accepted>, String> {
    let Some(bytes) = optional(path)? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| format!("`{}` 读不懂:{error}", path.display()))
}

fn given(path: Option<&Path>) -> Result<Option<Vec<u8>>, String> {
    path.map(bytes).transpose()
}

fn text(path: &Path) -> Result<String, String> {
    named_text(path, limits::GIVEN_BYTES).map_err(|words| words.zh)
}

fn optional(path: &Path) -> Result<Option<Vec<u8>>, String> {
    if path.exists() { bytes(path).map(Some) } else { Ok(None) }
}

/// The files of a published folder besides the index and its signature; none when there is no such folder.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut files = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(files) };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && name.ends_with(".json") && name != INDEX {
            files.insert(name, bytes(&entry.path())?);
        }
    }
    Ok(files)
}
