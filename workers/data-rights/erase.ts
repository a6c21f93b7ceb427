import {
  beginAppErasure,
  beginErasure,
  dueErasures,
  type Erasure,
  EVERYBODY,
  endErasure,
  postponeErasure,
} from "#auth/erasures";
import { type Scope, scopeOf } from "#enterprises/scope";
import type { Deps } from "../compose.ts";
import { endSessions } from "../gateway/end-sessions.ts";
import { removeApp } from "./erase-app.ts";
import { removePerson } from "./erase-person.ts";

const DUE_AT_ONCE = 10;

/**
 * Deletes a person with all they have: at once what they sign in with and have open, then chats, files, rows and whatever
 * names them. What breaks off is done by the schedule. What stays is told in ARCHITECTURE.md. False: there is no such person.
 */
export async function erasePerson(deps: Deps, it: Erasure): Promise<boolean> {
  const ended = await beginErasure(deps.db, it, deps.clock.now());
  if (ended === null) return false;
  await endSessions(deps, it.realm, ended);
  await goOn(deps, it);
  return true;
}

/**
 * Deletes an app with all it has. Its own row goes first, and with it every way in: addresses, members, keys, hooks and
 * schedules lead to nothing from then on. What it holds goes now, and once more by the schedule: a long upload or a turn
 * that was let in before may have written behind the first look. One that broke off is not repeated sooner: the look
 * that comes to its end is the last.
 */
export async function eraseApp(deps: Deps, scope: Scope): Promise<void> {
  await beginAppErasure(deps.db, scope, deps.clock.now());
  await removeAll(deps, { realm: scope.enterprise_id, userId: EVERYBODY });
}

/** Goes on with what was begun and broke off, and looks at deleted apps again. */
export async function doErasures(deps: Deps): Promise<void> {
  for (const it of await dueErasures(deps.db, deps.clock.now(), DUE_AT_ONCE)) await goOn(deps, it);
}

async function goOn(deps: Deps, it: Erasure): Promise<void> {
  if (await removeAll(deps, it)) await endErasure(deps.db, it);
  else await postponeErasure(deps.db, it, deps.clock.now());
}

/** @returns whether all of it is gone. */
async function removeAll(deps: Deps, it: Erasure): Promise<boolean> {
  try {
    if (it.userId === EVERYBODY) await removeApp(deps, scopeOf(it.realm));
    else await removePerson(deps, it);
    return true;
  } catch (cause) {
    deps.log("error", "erasure.broke_off", { realm: it.realm, user_id: it.userId, cause: String(cause) });
    return false;
  }
}
