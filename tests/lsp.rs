//! `bulou lsp`, driven as an editor drives it: the real program, JSON-RPC on its standard input and output.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts a program and fails by panic"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// A message comes, or the test has failed; how soon is the machine's affair.
const PATIENCE: Duration = Duration::from_secs(300);

const RULES: &str = "规则 甲 \"标题\" {\n  依据 文 \"按时完成\"\n  要求 每个 隐患 满足 有 措施 不符 \"没有\"\n  整改 \"写上\"\n}\n允许 W139 甲 \"可以没有隐患\"\n";
const PACK: &str = "规则集 a \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\"\n\
记录 隐患项 {\n  编号: 文本 留存 \"核对\"\n  措施: 文本? \"整改措施\"\n}\n数据 学校 { 标识 代码 代码: 文本 隐患: [隐患项] }\n";

struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// Notifications that came while an answer was awaited.
    seen: Vec<Value>,
    id: i64,
}

impl Client {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bulou"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let input = child.stdin.take().expect("its input");
        let output = child.stdout.take().expect("its output");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(output);
            while let Some(message) = read(&mut reader) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut client = Self { child, input, messages, seen: Vec::new(), id: 0 };
        let answer = client.request("initialize", json!({ "capabilities": {}, "processId": null }));
        assert!(answer["result"]["capabilities"]["hoverProvider"].as_bool().unwrap());
        client.notify("initialized", json!({}));
        client
    }

    fn send(&mut self, message: &Value) {
        let text = json!({ "jsonrpc": "2.0" }).as_object().unwrap().clone();
        let mut whole = text;
        whole.extend(message.as_object().unwrap().clone());
        let text = Value::Object(whole).to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "method": method, "params": params }));
    }

    fn next(&self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("a message from the server")
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "id": id, "method": method, "params": params }));
        self.answer(id)
    }

    fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.next();
            if message["id"] == json!(id) {
                return message;
            }
            self.seen.push(message);
        }
    }

    /// The next diagnostics of a file.
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = if self.seen.is_empty() { self.next() } else { self.seen.remove(0) };
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "bulou", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, uri: &str, range: Value, text: &str) {
        let change = json!([{ "range": range, "text": text }]);
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": change }),
        );
    }

    fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))["result"].clone()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// A pack in a folder of its own, whose name an address has to escape.
fn pack() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("规则 集");
    std::fs::create_dir_all(root.join("source")).unwrap();
    std::fs::write(root.join("pack.bulou"), PACK).unwrap();
    std::fs::write(root.join("rules.bulou"), RULES).unwrap();
    std::fs::write(root.join("source/text.txt"), "按时完成。").unwrap();
    (folder, root)
}

fn address(path: &Path) -> String {
    let escaped = percent_encoding::utf8_percent_encode(path.to_str().unwrap(), percent_encoding::NON_ALPHANUMERIC);
    format!(
        "file://{}",
        escaped.to_string().replace("%2F", "/").replace("%2E", ".").replace("%2D", "-").replace("%5F", "_")
    )
}

#[test]
fn a_misspelt_field_is_marked_and_its_fix_mends_it() {
    let (_folder, root) = pack();
    let rules = address(&root.join("rules.bulou"));
    let mut client = Client::start();
    client.open(&rules, &RULES.replace("措施", "措旋"));
    let found = client.diagnostics(&rules);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&json!("E012"), &json!(1)));
    assert_eq!(found[0]["range"]["start"], json!({ "line": 2, "character": 16 }));
    let context = json!({ "diagnostics": found });
    let range = found[0]["range"].clone();
    let params = json!({ "textDocument": { "uri": rules }, "range": range, "context": context });
    let actions = client.request("textDocument/codeAction", params)["result"].clone();
    assert_eq!(actions[0]["kind"], "quickfix");
    let edit = actions[0]["edit"]["changes"][&rules][0].clone();
    assert_eq!(edit["newText"], "措施");
    client.change(&rules, edit["range"].clone(), "措施");
    assert_eq!(client.diagnostics(&rules), [json!(null); 0]);
}

#[test]
fn names_are_offered_explained_found_and_renamed_in_both_files() {
    let (_folder, root) = pack();
    let (rules, pack) = (address(&root.join("rules.bulou")), address(&root.join("pack.bulou")));
    let mut client = Client::start();
    client.open(&rules, RULES);
    let items = client.at("textDocument/completion", &rules, 2, 16)["items"].as_array().unwrap().clone();
    let labels: Vec<&str> = items.iter().filter_map(|item| item["label"].as_str()).collect();
    assert!(labels.contains(&"措施") && labels.contains(&"编号"), "{labels:?}");
    let hover = client.at("textDocument/hover", &rules, 2, 16);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("整改措施"), "{hover}");
    let declared = client.at("textDocument/definition", &rules, 2, 16);
    assert_eq!((&declared[0]["uri"], &declared[0]["range"]["start"]["line"]), (&json!(pack), &json!(4)));
    assert_eq!(client.at("textDocument/prepareRename", &rules, 2, 16)["placeholder"], "措施");
    assert_eq!(client.at("textDocument/prepareRename", &rules, 2, 3), json!(null));
    let position = json!({ "line": 2, "character": 16 });
    let params = json!({ "textDocument": { "uri": rules }, "position": position, "newName": "整改" });
    let changes = client.request("textDocument/rename", params)["result"]["changes"].clone();
    assert_eq!(changes[&rules][0]["newText"], "整改");
    assert_eq!(changes[&pack][0]["newText"], "整改");
    let params = json!({ "textDocument": { "uri": rules }, "position": position, "newName": "编号" });
    assert!(client.request("textDocument/rename", params)["error"]["message"].as_str().unwrap().contains("编号"));
    let tokens = client.request("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": rules } }));
    assert_eq!(tokens["result"]["data"].as_array().unwrap()[..5], [0, 0, 2, 0, 0].map(Value::from));
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": pack } }));
    let names: Vec<&str> =
        symbols["result"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["a", "文", "隐患项", "学校"]);
}

#[test]
fn formatting_lays_out_the_buffer_and_refuses_one_with_errors() {
    let (_folder, root) = pack();
    let rules = address(&root.join("rules.bulou"));
    let mut client = Client::start();
    client.open(&rules, &RULES.replace("  要求", "      要求"));
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": rules }, "options": options });
    let edits = client.request("textDocument/formatting", params.clone())["result"].clone();
    assert_eq!(edits[0]["newText"], RULES);
    let end = json!({ "line": 0, "character": 0 });
    client.change(&rules, json!({ "start": end, "end": end }), "规则 坏 {\n");
    assert!(client.request("textDocument/formatting", params)["error"]["message"].is_string());
}

#[test]
fn odd_requests_files_outside_a_pack_and_the_end_are_answered() {
    let (folder, root) = pack();
    let mut client = Client::start();
    assert_eq!(client.request("bulou/unknown", json!({}))["error"]["code"], json!(-32601));
    assert_eq!(client.request("textDocument/hover", json!({ "no": 1 }))["error"]["code"], json!(-32602));
    assert_eq!(client.at("textDocument/hover", "untitled:Untitled-1", 0, 0), json!(null));
    let alone = address(&folder.path().join("alone.bulou"));
    client.open(&alone, "规则 甲 {\n  要求 有 x\n}\n");
    assert!(client.diagnostics(&alone).iter().any(|found| found["code"] == "E012"));
    assert_eq!(client.at("textDocument/hover", &alone, 900, 900), json!(null));
    // The pack has its header in a buffer only.
    let rules = address(&root.join("rules.bulou"));
    std::fs::remove_file(root.join("pack.bulou")).unwrap();
    client.open(&rules, RULES);
    assert!(!client.diagnostics(&rules).is_empty());
    client.open(&address(&root.join("pack.bulou")), PACK);
    while !client.diagnostics(&rules).is_empty() {}
    client.send(&json!({ "method": "$/cancelRequest", "params": { "id": 77 } }));
    assert_eq!(client.request("shutdown", json!(null))["result"], json!(null));
    assert_eq!(client.request("textDocument/hover", json!({}))["error"]["code"], json!(-32600));
    client.notify("exit", json!(null));
    assert_eq!(client.child.wait().unwrap().code(), Some(0));
}
