import { startChat } from "#chats/start-chat";
import { removeChat } from "#chats/touch-chat";
import type { Scope } from "#enterprises/scope";
import { addBuild, removeBuild } from "#workflows/builds";
import type { BuildAsk } from "../chat-session/build-deps.ts";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import { GENERATOR } from "../chat-session/session-open.ts";
import { accepted } from "./answer-of.ts";
import type { Ctx } from "./call.ts";
import { generatorOpen } from "./session-open-of.ts";

/** Starts a build in a chat of the generator of its own. A refusal (PROMPT_UNUSABLE …) leaves nothing behind. */
export async function beginBuild(
  c: Ctx,
  scope: Scope,
  it: { prompt: string } & BuildAsk,
): Promise<{ build_id: string; chat_id: string; status: string }> {
  const { deps } = c.env;
  const who = c.var.principal;
  const chatId = deps.newId("chat");
  const buildId = deps.newId("build");
  const wish = { userId: who.user_id, workflow: GENERATOR, version: 0, chatId, forceNew: true };
  await startChat(deps, scope, wish);
  await addBuild(deps.db, scope, {
    buildId,
    chatId,
    prompt: it.prompt,
    createdBy: who.user_id,
    now: deps.clock.now(),
  });
  try {
    const session = chatSessionFor(deps.env, scope.enterprise_id, chatId);
    const started = session.startBuild(generatorOpen(scope, chatId, who), {
      ...it,
      build_id: buildId,
    });
    accepted(await started);
    return { build_id: buildId, chat_id: chatId, status: "building" };
  } catch (error) {
    await removeBuild(deps.db, scope, buildId);
    await removeChat(deps.db, scope, chatId);
    throw error;
  }
}
