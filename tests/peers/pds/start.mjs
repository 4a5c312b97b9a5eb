// Starts a real Bluesky PDS and its directory on free loopback ports, with one account; prints one JSON line.
// Usage: node start.mjs FOLDER. Ends on SIGTERM and when its standard input closes (the test is gone).
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const folder = process.argv[2];
const hex = () => randomBytes(32).toString("hex");

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

// Both servers listen on every address by themselves; nothing but this machine may reach them.
const http = require("node:http");
const listen = http.Server.prototype.listen;
http.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number" && typeof rest[0] !== "string"
    ? listen.call(this, port, "127.0.0.1", ...rest)
    : listen.call(this, port, ...rest);
};

const { PlcServer, Database } = require("@did-plc/server");
const { PDS, envToCfg, envToSecrets, readEnv } = require("@atproto/pds");

const plcPort = await freePort();
const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
await plc.start();

const port = await freePort();
mkdirSync(join(folder, "blobs"), { recursive: true });
const env = {
  ...readEnv(),
  port,
  hostname: "localhost",
  devMode: true,
  serviceHandleDomains: [".test"],
  dataDirectory: folder,
  blobstoreDiskLocation: join(folder, "blobs"),
  didPlcUrl: `http://127.0.0.1:${plcPort}`,
  plcRotationKeyK256PrivateKeyHex: hex(),
  jwtSecret: hex(),
  adminPassword: hex(),
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: false,
  logEnabled: false,
};
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();

const base = `http://127.0.0.1:${port}`;
const call = async (method, body, token) => {
  const answer = await fetch(`${base}/xrpc/${method}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
const account = await call("com.atproto.server.createAccount", {
  email: "rathaus@erlenfurt.example",
  handle: "erlenfurt.test",
  password: hex(),
});
const app = await call("com.atproto.server.createAppPassword", { name: "stadtnah" }, account.accessJwt);
console.log(JSON.stringify({ base, handle: account.handle, did: account.did, password: app.password }));

let ending = false;
const end = async () => {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), 3000).unref();
  await Promise.allSettled([pds.destroy(), plc.destroy()]);
  process.exit(0);
};
process.on("SIGTERM", end);
process.stdin.on("end", end).resume();
