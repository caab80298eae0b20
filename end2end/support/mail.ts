// The built-in mailbox of the demo server, read as a person reads: newest mail first, its link and its code.
import { expect, type APIRequestContext } from "@playwright/test";

export type Mail = { to: string; subject: string; text: string; html: string; at: string };

/** Mails to an address, newest first. */
export async function mails(request: APIRequestContext, to: string): Promise<Mail[]> {
  const answer = await request.get("/dev/mailbox.json", { params: { to } });
  expect(answer.ok(), "the mailbox answers").toBe(true);
  return answer.json();
}

/** Waits for one more mail with such a subject than the `before` that were already there. */
export async function newMail(request: APIRequestContext, to: string, before: number, { subject }: { subject: RegExp }): Promise<Mail> {
  let found: Mail[] = [];
  await expect
    .poll(async () => (found = (await mails(request, to)).filter((mail) => subject.test(mail.subject))).length, {
      message: `a mail to ${to} about ${subject}`,
      timeout: 20_000,
    })
    .toBeGreaterThan(before);
  return found[0];
}

/** The link of a mail: alone on a line of its text part. */
export function link(mail: Mail): string {
  return alone(mail, /^https?:\/\/\S+$/, "link");
}

/** The code of a mail: alone on a line of its text part. */
export function code(mail: Mail): string {
  return alone(mail, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/, "code");
}

function alone(mail: Mail, shape: RegExp, what: string): string {
  const line = mail.text.split(/\r?\n/).map((line) => line.trim()).find((line) => shape.test(line));
  if (!line) throw new Error(`no ${what} alone on a line of the mail "${mail.subject}":\n${mail.text}`);
  return line;
}
