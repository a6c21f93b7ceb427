import type { Topic } from "../dialogue/small-talk.ts";
import type { Scene } from "../scene/scene.ts";
import { abilities, introduction } from "./abilities.ts";

/** An answer to a pleasantry, a question about oneself, or a trick. */
export function chat(topic: Topic, scene: Scene): string {
  const { persona } = scene;
  const name = persona.person ? `, ${persona.person.split(" ")[0]}` : "";
  switch (topic) {
    case "greeting":
      return `Hello${name}! ${introduction(persona)} ${abilities(scene)} What can I do for you?`;
    case "thanks":
      return "You're welcome! Is there anything else I can do for you?";
    case "goodbye":
      return `Goodbye${name}, and take care!`;
    case "how_are_you":
      return "I'm doing well, thank you! What can I help you with?";
    case "who_are_you":
      return `${introduction(persona)} ${abilities(scene)}`;
    case "abilities":
      return `${abilities(scene)} Just tell me what you need.`;
    case "human":
      return `I'm the offline model of ${persona.app ?? "this app"}: a program that works by rules, not a person and not a large language model. ${abilities(scene)}`;
    case "person":
      return `I'm sorry, I can't connect you to a person from here. ${abilities(scene)} Is there something of this I can do for you?`;
    case "agree":
      return "All right. Is there anything I can do for you?";
    case "decline":
      return "No problem. Let me know if there's anything else.";
    case "injection":
      return `I'm sorry, I can't share or change how I'm set up. ${abilities(scene)}`;
    case "compliment":
      return "Thank you, I'm glad to help! Is there anything else?";
    case "insult":
      return `I'm sorry I haven't been more helpful. ${abilities(scene)} Please tell me what you need, and I'll do my best.`;
    case "sorry":
      return "No problem at all! What can I do for you?";
  }
}

/** For what nobody here handles, or what can't be understood. */
export function lost(message: string, scene: Scene): string {
  const lead = looksLikeWords(message)
    ? "I'm afraid I can't help with that here."
    : "Sorry, I didn't understand that.";
  return `${lead} ${abilities(scene)} What would you like to do?`;
}

/** Whether a text has words one could know: with vowels, not a row of keys. */
function looksLikeWords(message: string): boolean {
  const all = message.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (all.length === 0) return false;
  const plausible = all.filter(
    (word) =>
      /[aeiouy]/.test(word) &&
      !/[^aeiouy\P{L}]{5}/u.test(word) &&
      !/^(?:asdf|qwer|zxcv|hjkl|sdfg|dfgh|uiop)/.test(word) &&
      word.length < 25,
  );
  return plausible.length >= Math.max(2, all.length / 2);
}
