import { createHash, createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { examineSigning } from "../../src/app/doctor/mail-signing.ts";
import { readSettings } from "../../src/core/settings/settings.ts";
import { dkimRecord, type ResolveTxt } from "../../src/notify/email/dkim-record.ts";
import { mailBench } from "./channel-fixture.ts";
import { notification } from "./fixtures.ts";

const { sink, channelTo } = mailBench();
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const PEM = key.export({ type: "pkcs8", format: "pem" }).toString();
const PUBLIC = createPublicKey(PEM).export({ type: "spki", format: "der" }).toString("base64");

function signing(variables: Readonly<Record<string, string>> = {}) {
  const { mail, problems } = readSettings({
    EMAIL_SMTP_SERVER: "smtp.example.com",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    EMAIL_DKIM_SELECTOR: "mail",
    EMAIL_DKIM_PRIVATE_KEY: PEM,
    ...variables,
  });
  if (mail?.dkim === undefined) throw new Error(JSON.stringify(problems));
  return mail.dkim;
}

describe("a mail is signed", () => {
  it.each([
    ["with its line breaks", PEM],
    ["with \\n written out", PEM.replaceAll("\n", "\\n")],
    ["in one line", PEM.replaceAll("\n", " ")],
    ["in the older form", key.export({ type: "pkcs1", format: "pem" }).toString()],
  ])("by a key %s, so that who gets it can check", async (_, text) => {
    const server = await sink();
    const { channel, log } = channelTo(server, { dkim: signing({ EMAIL_DKIM_PRIVATE_KEY: text }) });
    expect((await channel.notify(notification(), log)).kind).toBe("accepted");
    const raw = server.mails()[0]?.raw ?? "";
    const verified = verify(raw);
    expect(verified).toMatchObject({ isBodyGood: true, isSignatureGood: true, d: "example.com", s: "mail" });
    expect(verified.signed).toEqual(expect.arrayContaining(["from", "to", "subject", "date", "message-id"]));
    expect(verify(raw.replace("Sensor", "Censor"))).not.toMatchObject({ isBodyGood: true, isSignatureGood: true });
  });

  it("only where the server has asked for it: one that refuses the sender gets none, and says so", async () => {
    const server = await sink({ behaviour: { sender: () => ({ code: 550, text: "5.1.8 no" }) } });
    const { channel, log } = channelTo(server, { dkim: signing() });
    expect(await channel.notify(notification(), log)).toMatchObject({ kind: "failed", failure: { status: 550 } });
    expect(server.mails()).toEqual([]);
  });
});

describe("doctor compares the key with the DNS", () => {
  const answers =
    (...records: string[][]): ResolveTxt =>
    async (name) => {
      expect(name).toBe("mail._domainkey.example.com");
      return records;
    };
  const fails =
    (code: string): ResolveTxt =>
    async () => {
      throw Object.assign(new Error(code), { code });
    };
  it.each<[string, ResolveTxt, RegExp]>([
    [
      "that belongs to it, in pieces",
      answers(["v=spf1"], ["v=DKIM1; k=rsa; p=", PUBLIC.slice(0, 200), PUBLIC.slice(200)]),
      /^ok Mails are signed for example\.com; the DNS has their key/,
    ],
    [
      "of another",
      answers(["v=DKIM1; p=MIIB"]),
      /^broken The key that the DNS has .* does not belong to EMAIL_DKIM_PRIVATE_KEY/,
    ],
    ["that was withdrawn", answers(["v=DKIM1; p="]), /^broken The key that the DNS has/],
    [
      "that is not there",
      fails("ENOTFOUND"),
      /^broken .* no key at mail\._domainkey\.example\.com.*TXT "v=DKIM1; k=rsa; p=MII/,
    ],
    ["that cannot be asked for", fails("ETIMEOUT"), /^warning .*could not be asked for .* \(ETIMEOUT\)/],
  ])("%s", async (_, resolve, said) => {
    const dkim = signing();
    const found = await examineSigning({
      ...dkim,
      sender: "partwatch@example.com",
      find: () => dkimRecord(dkim, resolve),
    });
    expect(found.map(lineOf)).toEqual([expect.stringMatching(said)]);
  });

  it("and the domain with the sender's", async () => {
    const dkim = signing({ EMAIL_DKIM_DOMAIN: "other.org" });
    const resolve: ResolveTxt = async () => [[`p=${PUBLIC}`]];
    const found = await examineSigning({
      ...dkim,
      sender: "partwatch@example.com",
      find: () => dkimRecord(dkim, resolve),
    });
    expect(found.map(lineOf)).toEqual([
      expect.stringMatching(/^ok/),
      expect.stringMatching(/^warning .*DMARC does not count that signature.*Set EMAIL_DKIM_DOMAIN to example\.com/),
    ]);
  });
});

function lineOf(finding: Awaited<ReturnType<typeof examineSigning>>[number]): string {
  return `${finding.level} ${finding.message} ${finding.fix ?? ""}`;
}

/** RFC 6376 by the letter, for relaxed/relaxed and rsa-sha256: nothing of what signs is used here. */
function verify(raw: string) {
  const end = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const relaxed = (header: string) => {
    const [, name = "", value = ""] = /^([^:]+):([\s\S]*)$/.exec(header) ?? [];
    return `${name.trim().toLowerCase()}:${value
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ")
      .trim()}`;
  };
  const signature = headers.find((header) => /^dkim-signature:/i.test(header)) ?? "";
  const tags = new Map(
    relaxed(signature)
      .slice("dkim-signature:".length)
      .split(";")
      .map((tag) => {
        const at = tag.indexOf("=");
        return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s+/g, "")] as const;
      }),
  );
  expect([tags.get("a"), tags.get("c")]).toEqual(["rsa-sha256", "relaxed/relaxed"]);
  const lines = raw
    .slice(end + 4)
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  const body = `${lines.join("\r\n").replace(/(?:\r\n)+$/, "")}\r\n`;
  const signed =
    tags
      .get("h")
      ?.split(":")
      .map((name) => name.toLowerCase()) ?? [];
  const left = headers.filter((header) => header !== signature);
  const chosen = signed.flatMap((name) => {
    const at = left.findLastIndex((header) => header.toLowerCase().startsWith(`${name}:`));
    return at < 0 ? [] : left.splice(at, 1).map((header) => `${relaxed(header)}\r\n`);
  });
  const text = `${chosen.join("")}${relaxed(signature).replace(/([;\s]b=)[^;]*/, "$1")}`;
  return {
    d: tags.get("d"),
    s: tags.get("s"),
    signed,
    isBodyGood: createHash("sha256").update(body).digest("base64") === tags.get("bh"),
    isSignatureGood: createVerify("RSA-SHA256")
      .update(text)
      .verify(createPublicKey(PEM), tags.get("b") ?? "", "base64"),
  };
}
