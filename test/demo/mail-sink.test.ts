import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { type MailSink, type MailSinkOptions, startMailSink } from "../../demo/mail-sink.ts";

describe("the mail sink", () => {
  const open: MailSink[] = [];
  let folder: string;
  const certificate = selfSigned(new Date());

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "partwatch-sink-"));
  });

  afterEach(async () => {
    for (const sink of open.splice(0)) await sink.close();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function sink(options: MailSinkOptions = {}): Promise<MailSink> {
    const started = await startMailSink(options);
    open.push(started);
    return started;
  }

  it("keeps a message with envelope, text and HTML, and says who sent it to whom", async () => {
    const mails = await sink();
    await send(mails);
    const [mail] = mails.mails();
    expect(mail).toMatchObject({ number: 1, from: "stock@example.com", secure: false, user: null, files: [] });
    expect(mail?.to).toEqual(["a@example.com", "b@example.com"]);
    expect(mail?.parsed.subject).toBe("Größe: 3 parts short");
    expect(mail?.parsed.html).toContain("<p>three</p>");
    expect(mail?.raw).toContain("MIME-Version: 1.0");
  });

  it("writes each message as .eml and .html, numbered in the order of arrival", async () => {
    const out = join(folder, "out");
    const mails = await sink({ folder: out });
    await send(mails);
    await send(mails, { subject: "../../etc/passwd", html: undefined });
    expect(readdirSync(out).sort()).toEqual([
      "001-grosse-3-parts-short.eml",
      "001-grosse-3-parts-short.html",
      "002-etc-passwd.eml",
    ]);
    expect(readFileSync(join(out, "001-grosse-3-parts-short.html"), "utf8")).toContain("<p>three</p>");
    expect(mails.mails()[1]?.files).toEqual([join(out, "002-etc-passwd.eml")]);
  });

  it("takes only the user it knows, where it knows one", async () => {
    const mails = await sink({ user: { name: "ann", password: "s3cret" } });
    await expect(send(mails)).rejects.toThrow(/530/);
    await expect(send(mails, { auth: { user: "ann", pass: "wrong" } })).rejects.toThrow(/535/);
    await send(mails, { auth: { user: "ann", pass: "s3cret" } });
    expect(mails.mails().map(({ user }) => user)).toEqual(["ann"]);
  });

  it.each(["starttls", "implicit"] as const)("speaks TLS (%s), which a client that trusts it can use", async (mode) => {
    const mails = await sink({ tls: { mode, ...certificate } });
    await send(mails, { secure: mode === "implicit", ca: certificate.cert });
    expect(mails.mails()[0]?.secure).toBe(true);
    await expect(send(mails, { secure: mode === "implicit" })).rejects.toThrow(/self-signed certificate/);
  });

  it("offers no STARTTLS where it has no certificate", async () => {
    const mails = await sink();
    await expect(send(mails, { ca: certificate.cert })).rejects.toThrow(/STARTTLS|not supported|500|502/i);
  });

  it("refuses one recipient for now and another for good, and takes the message for the rest", async () => {
    const mails = await sink({
      behaviour: {
        recipient: (address) => {
          if (address.startsWith("a@")) return { code: 451, text: "4.7.1 Greylisted" };
          if (address.startsWith("b@")) return { code: 550, text: "5.1.1 No such user" };
          return undefined;
        },
      },
    });
    const answer = await send(mails, { to: ["a@example.com", "b@example.com", "c@example.com"] });
    expect(answer.accepted).toEqual(["c@example.com"]);
    expect(codes(answer.rejectedErrors)).toEqual([451, 550]);
    expect(mails.mails()[0]?.to).toEqual(["c@example.com"]);
  });

  it.each<[string, Parameters<MailSink["behave"]>[0], RegExp]>([
    ["on connecting", { connect: () => ({ code: 421, text: "4.3.2 Busy" }) }, /421/],
    ["the sender", { sender: () => ({ code: 553, text: "5.7.1 Not you" }) }, /553/],
    ["the message", { message: () => ({ code: 452, text: "4.3.1 Disk full" }) }, /452/],
    ["by hanging up before it has the message", { recipient: () => "drop" }, /closed|ECONNRESET/i],
    ["by hanging up once it has the message", { message: () => "drop" }, /closed|ECONNRESET/i],
  ])("refuses %s if told to, and keeps nothing", async (_what, behaviour, words) => {
    const mails = await sink();
    mails.behave(behaviour);
    await expect(send(mails)).rejects.toThrow(words);
    expect(mails.mails()).toEqual([]);
    mails.behave({});
    await send(mails);
    expect(mails.mails()).toHaveLength(1);
  });

  it("can keep a message and hang up without saying so", async () => {
    const mails = await sink({ behaviour: { message: () => "keep-and-drop" } });
    await expect(send(mails)).rejects.toThrow(/closed|ECONNRESET/i);
    expect(mails.mails()).toHaveLength(1);
    expect(mails.connections()).toBe(1);
  });
});

function codes(errors: readonly Error[] | undefined): unknown[] {
  return (errors ?? []).map((error) => ("responseCode" in error ? error.responseCode : undefined));
}

interface Sending {
  readonly to?: string[];
  readonly subject?: string;
  readonly html?: string | undefined;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly secure?: boolean;
  readonly ca?: string;
}

async function send({ host, port }: MailSink, options: Sending = {}) {
  const {
    to = ["a@example.com", "b@example.com"],
    subject = "Größe: 3 parts short",
    auth,
    ca,
    secure = false,
  } = options;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: ca !== undefined && !secure,
    tls: ca === undefined ? {} : { ca },
    ...(auth ? { auth } : {}),
  });
  const html = "html" in options ? options.html : "<p>three</p>";
  return transport.sendMail({ from: "stock@example.com", to, subject, text: "three", ...(html ? { html } : {}) });
}
