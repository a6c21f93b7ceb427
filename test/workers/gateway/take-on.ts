import { env } from "cloudflare:workers";
import type { Role } from "#enterprises/may";
import { call, type Person } from "./client.ts";
import { tokenOfMail } from "./mailbox.ts";

/** As if they had entered the code that was mailed to them. */
export async function prove(person: Person): Promise<void> {
  await env.DB.prepare("update user set email_verified = 1 where id = ?").bind(person.user_id).run();
}

/** Makes somebody a member, as it is done: invited by mail, accepted with the address proven. */
export async function takeOn(by: Person, enterpriseId: string, person: Person, role: Role): Promise<void> {
  const json = { email: person.email, role };
  const asked = await call(`/api/apps/${enterpriseId}/invitations`, { token: by.token, json });
  if (asked.status !== 201) throw new Error(`invite: ${asked.status} ${JSON.stringify(asked.body)}`);
  await prove(person);
  const token = await tokenOfMail(person.email);
  const taken = await call("/api/invitations/accept", { token: person.token, json: { token } });
  if (taken.status !== 200) throw new Error(`accept: ${taken.status} ${JSON.stringify(taken.body)}`);
}
