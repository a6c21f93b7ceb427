import type { Usage } from "#protocol/api/usage";
import type { ClientWorkflow } from "#protocol/api/workflow";
import { usd } from "#protocol/money";
import { buildApp } from "../demo/build-app.ts";
import { conversationFor, SEED_PROMPT } from "../demo/conversation.ts";
import { signUp } from "../demo/creator.ts";
import { openChat, type TurnUsage } from "../demo/open-chat.ts";
import { platformFor } from "../demo/platform-for.ts";
import { makeShow } from "../demo/show.ts";
import { showBill } from "../demo/show-bill.ts";
import { orRefuse, refuse } from "../launch/refusal.mjs";
import { untilStopped } from "../platform/until-stopped.ts";

/** `npm run demo -- "<prompt>"`: one prompt to a live app, a conversation with it, and its bill. */
await orRefuse(async () => {
  const prompt = process.argv.slice(2).join(" ").trim() || SEED_PROMPT;
  const show = makeShow(process.stdout);
  const platform = await platformFor(process.env);
  void untilStopped().then(() => platform.stop().finally(() => process.exit(130)));
  try {
    show.line(`Mozaiks at ${platform.url} (${platform.about})`);
    const creator = await signUp(platform.url);
    show.title(`Building: ${prompt}`);
    const app = await buildApp(creator, prompt, show);
    const id = app.enterprise_id;
    const { workflows } = await creator.call<{ workflows: ClientWorkflow[] }>(
      "GET",
      `/api/workflows?enterprise_id=${id}`,
    );
    show.line(
      `  ${app.name} is live at ${app.url}: ${workflows.map((workflow) => workflow.name).join(", ")}`,
    );
    const conversation = conversationFor(prompt, workflows);
    if (!conversation) return refuse("The app has no workflow to talk to.");
    show.title(`A conversation with ${conversation.workflow}`);
    const chat = await openChat(creator, id, conversation.workflow, show);
    const turns: TurnUsage[] = [];
    for (const line of conversation.lines) {
      show.person(line);
      const turn = await chat.say(line);
      turns.push(turn);
      const soFar = turns.reduce((sum, { costNano }) => sum + costNano, 0n);
      show.note(`${turn.input} tokens in, ${turn.output} out, $${usd(turn.costNano)}; so far $${usd(soFar)}`);
    }
    chat.close();
    const agrees = showBill(await creator.call<Usage>("GET", `/api/app/usage/${id}`), turns, show);
    process.exitCode = agrees ? 0 : 1;
  } finally {
    await platform.stop();
  }
});
process.exit();
