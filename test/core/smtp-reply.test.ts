import { describe, expect, it } from "vitest";
import { enhancedCode, replyPattern, replySubject } from "../../src/core/smtp-reply.ts";

describe("what a mail server's refusal speaks of", () => {
  it.each([
    ["550 5.1.1 <b@example.com>: Recipient address rejected: User unknown", "address"],
    ["550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 gsmtp", "address"],
    ["550 #5.1.0 Address rejected.", "address"],
    ["450 4.1.1 unverified address", "address"],
    ["550 5.1.10 RESOLVER.ADR.RecipientNotFound", "address"],
    ["550 5.2.1 The email account is disabled", "address"],
    ["552 5.2.2 Mailbox over quota", "room"],
    ["452 4.2.2 Mailbox full", "room"],
    ["552 5.5.3 Maximum limit of 2 recipients reached", "recipients"],
    ["452 4.5.3 Too many recipients", "recipients"],
    ["504 5.5.2 <fv-az1>: Helo command rejected: need fully-qualified hostname", "dialogue"],
    ["503 5.5.1 Bad sequence of commands", "dialogue"],
    ["550 5.7.1 Unable to relay", "permission"],
    ["535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "permission"],
    ["550 5.4.1 Recipient address rejected: Access denied", "routing"],
    ["550 5.4.4 unable to route: no mail hosts for domain", "routing"],
    ["553 5.1.8 Sender address rejected: Domain not found", "sender"],
    ["552 5.3.4 Message too big for system", "other"],
    // Without an enhanced code, or one that says nothing, the words say it.
    ["550 5.0.0 Too many recipients", "recipients"],
    ["452 Too many recipients received this hour", "recipients"],
    ["552 Requested mail action aborted: exceeded storage allocation", "room"],
    ["550 relaying denied", "permission"],
    ["550 No such user here", "address"],
    ["550 Nope", "address"],
    ["501 HELO requires a valid host name", "dialogue"],
    ["554 Transaction failed", "other"],
    ["", "other"],
  ])("%s: %s", (reply, subject) => {
    expect(replySubject(reply)).toBe(subject);
  });

  it("is alike for all who are refused for one cause, whatever else the answer names", () => {
    const of = (address: string) => replyPattern(`550 5.7.1 <${address}>: Relay denied (session 9f2)`, address);
    expect(of("a@example.com")).toBe(of("b@example.org"));
    const plain = (address: string) => replyPattern(`550 ${address} is nobody at ${address.split("@")[1]}`, address);
    expect(plain("anna@example.com")).toBe(plain("bert@example.org"));
    expect(replyPattern("550 No such user", "a@example.com")).not.toBe(replyPattern("550 Denied", "a@example.com"));
  });

  it("has its code read only where a reply has it", () => {
    expect(enhancedCode("550 5.7.1 no")).toBe("5.7.1");
    expect(enhancedCode("550 version 5.7.1 of the server")).toBeUndefined();
    expect(enhancedCode("5.7.1")).toBeUndefined();
  });
});
