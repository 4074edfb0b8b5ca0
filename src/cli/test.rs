//! `bulou test`

use std::path::PathBuf;

use bulou::pack::cases::{self, CaseResults};
use bulou::pack::{Files, mutate};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::{Common, pack};

#[derive(Args)]
pub struct TestArgs {
    /// 规则集文件夹
    path: Option<PathBuf>,
    /// 把规则逐处改一点,列出没有案例发现的改动
    #[arg(long)]
    mutate: bool,
    /// 变异发现的比例低于这个百分数就算失败
    #[arg(long, value_name = "百分数", requires = "mutate", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_score: Option<u8>,
    /// 变异结果的格式
    #[arg(long, value_enum, default_value = "text", requires = "mutate")]
    format: Format,
    /// 同时用几个线程做变异;不写则每个处理器一个
    #[arg(long, value_name = "个数", requires = "mutate")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the pack's cases, and mutates its rules where that is asked for.
pub fn run(args: &TestArgs, common: &Common) -> Result<u8, String> {
    let files = pack::files(args.path.as_deref().or(common.pack.as_deref()))?;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    if args.mutate {
        return mutated(&files, args, common);
    }
    Ok(u8::from(print(&cases::run(&rules, &files), common) > 0))
}

/// Prints what the cases showed; how many did not come out.
fn print(results: &CaseResults, common: &Common) -> usize {
    let lang = common.lang();
    for problem in &results.problems {
        println!("✖ {}", problem.get(lang));
    }
    let mut failed = results.problems.len();
    for case in &results.cases {
        if !case.mismatches.is_empty() {
            failed += 1;
            println!("✖ {} · {}", case.file, case.title);
        }
        for mismatch in &case.mismatches {
            println!("    {}", mismatch.get(lang));
        }
    }
    for (rule, what) in &results.uncovered {
        println!("! 规则 {rule} 没有{}的案例", if *what == "pass" { "符合" } else { "不符合" });
    }
    println!("{} 个案例,{failed} 个不对,{} 处没有案例", results.cases.len(), results.uncovered.len());
    failed
}

/// Fails when the score is too low, or a mark of an equivalent mutant is wrong.
fn mutated(files: &Files, args: &TestArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    // Shows nothing where standard error is no terminal.
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let mutation = mutate::run(files, jobs, &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let mutation = mutation.map_err(|words| words.get(lang).to_owned())?;
    match args.format {
        Format::Text => print!("{}", mutate::text::text(&mutation, lang)),
        Format::Json => println!("{:#}", mutate::text::json(&mutation, lang)),
    }
    let low = args.min_score.is_some_and(|least| mutation.score().permille() < usize::from(least) * 10);
    Ok(u8::from(low || !mutation.stale.is_empty()))
}
