// Preloaded into the emulator (emulate 0.12.2): has its Slack tell our bot of events, and shows the views that are
// open. There is no public way to either. The plugin's file has another name in every version: it is found by what
// it exports.

import { readdirSync } from "node:fs";

const dist = new URL("./node_modules/emulate/dist/", import.meta.url);
for (const name of readdirSync(dist).filter((file) => /^dist-.*\.js$/.test(file))) {
  const { slackPlugin, getSlackStore } = await import(new URL(name, dist));
  if (!slackPlugin) continue;
  const register = slackPlugin.register;
  slackPlugin.register = (app, store, webhooks, ...others) => {
    app.post("/api/test.views", (context) => context.json({ ok: true, views: getSlackStore(store).views.all() }));
    register(app, store, webhooks, ...others);
    webhooks.register({ url: process.env.EVENTS_URL, events: ["message"], active: true, owner: "slack" });
  };
}
