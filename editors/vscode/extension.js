// Starts `bulou lsp` and hands it the rule files.
"use strict";

const { workspace, window } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = workspace.getConfiguration("bulou").get("path") || "bulou";
  const watcher = workspace.createFileSystemWatcher("**/*.{bulou,txt,json}");
  client = new LanguageClient(
    "bulou",
    "Bulou",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", language: "bulou" }],
      synchronize: { fileEvents: watcher },
    },
  );
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `没有启动 \`${command} lsp\`:${error.message}。请安装 bulou,或在设置 bulou.path 里写它的路径。`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.dispose();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("bulou.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
};

exports.deactivate = stop;
