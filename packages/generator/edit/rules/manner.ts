import { fitFact } from "../cases/fact-cases.ts";
import { findWorkflows } from "../find-parts.ts";
import { type Context, type Done, type Rule, tellAgent, type Unclear, withAgents } from "../rule.ts";
import { unquoted } from "../split-request.ts";

const LANGUAGES =
  "spanish|french|german|italian|portuguese|dutch|polish|turkish|arabic|chinese|mandarin|japanese|korean|hindi|russian|ukrainian|greek|swedish|norwegian|danish|finnish|czech|hungarian|romanian|hebrew|thai|vietnamese|indonesian|english|catalan|swahili";

export const language: Rule = {
  example: "answer in Spanish too",
  read: (text, context) => {
    const found = new RegExp(
      `^(?:(only|always) )?(?:answer|reply|respond|speak|talk|write)(?: to (?:people|users|customers|them))?(?: (only|always))?(?: in)? (${LANGUAGES})(?: (only|too|also|as well))?$`,
      "i",
    ).exec(text);
    const named = found?.[3];
    if (!named) return null;
    const name = named.replace(/^./, (it) => it.toUpperCase());
    const only = /only/i.test(`${found[1]} ${found[2]} ${found[4]}`);
    const line = only
      ? `Answer in ${name}, whatever language they write in.`
      : `When they write in ${name}, answer in ${name}.`;
    return telling(
      context,
      line,
      only ? `All agents answer in ${name}.` : `Agents answer in ${name}, too.`,
      only ? /^Answer in \p{Lu}\w+, whatever language/u : undefined,
    );
  },
};

const MANNERS =
  "formal|informal|casual|friendly|friendlier|polite|brief|short|shorter|concise|detailed|warm|warmer|funny|playful|professional|serious|patient|empathetic|enthusiastic|cheerful|simple|clear|direct";

const MANNER = /^Be .+ in how you write\.$/;

export const manner: Rule = {
  example: "be more formal",
  read: (text, context) => {
    const found = new RegExp(
      `^(?:(?:the )?(.+?) (?:should|must) |make (.+?) |)(?:be |sound |answer |write |)(more |less |very |(?:a bit|a little) more )?(${MANNERS})(?:ly)?(?: (?:in|with) (?:your |its |the )?(?:answers|tone|everything))?$`,
      "i",
    ).exec(text);
    const how = found?.[4]?.toLowerCase();
    if (!found || !how) return null;
    const degree = (found[3] ?? "").toLowerCase().replace(/a (?:bit|little) /, "");
    const so = `${degree}${how}`;
    return telling(context, `Be ${so} in how you write.`, `Agents are ${so}.`, MANNER, found[1] ?? found[2]);
  },
};

export const tell: Rule = {
  example: "tell users that we open at 9",
  read: (text, context) => {
    const found =
      /^(?:tell|inform|remind|let(?= .{1,30} know\b))(?: (?:the|our|all))? (?:users|people|customers|clients|patients|guests|members|everybody|everyone|visitors|students|them)(?: know)?(?: that|:|,)? (.+)$/is.exec(
        text,
      ) ?? /^(?:say|mention|remember|note|know)(?: to (?:people|users|customers))? that (.+)$/is.exec(text);
    if (!found?.[1]) return null;
    const fact = sentence(unquoted(found[1]));
    const told = telling(context, fact, `Agents know and say: “${fact}”`);
    return told && "files" in told ? { ...told, files: fitFact(told.files, fact) } : told;
  },
};

export const always: Rule = {
  example: "never promise a delivery date",
  read: (text, context) => {
    const found =
      /^(?:in|for) (?:the )?(.+?), ((?:always|never|don't|do not|make sure|be sure) .+)$/is.exec(text) ??
      /^()((?:always|never|don't|do not|make sure(?: to| that)?|be sure to) .+)$/is.exec(text);
    if (!found?.[2]) return null;
    // What may be done without a yes is a rule of the tool, not a matter of words.
    if (/\b(?:approv|confirm|permission)/i.test(found[2])) return null;
    const line = sentence(unquoted(found[2]));
    return telling(context, line, `Agents are told: “${line}”`, undefined, found[1] ?? "");
  },
};

/** One line more for every agent, or for those of the workflow that was named. */
function telling(
  { files }: Context,
  line: string,
  said: string,
  instead?: RegExp,
  subject = "",
): Done | Unclear | null {
  const all =
    subject === "" ||
    /^(?:agents?|app|it|all agents|everything|them|they|answers|you|the app)$/i.test(subject);
  const found = all ? [] : findWorkflows(files, subject);
  if (!all && found.length === 0) return null;
  const names = all ? null : found.map((it) => it.name);
  const next = withAgents(files, names, (agent) => tellAgent(agent, line.slice(0, 600), instead));
  const whose = all ? said : said.replace(/^(?:All a|A)gents/, found.map((it) => it.title).join(" and "));
  return { files: next, said: whose };
}

function sentence(text: string): string {
  const whole = text.trim().replace(/^./u, (it) => it.toUpperCase());
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
