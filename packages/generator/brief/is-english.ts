import { isVerb } from "./words.ts";

const ENGLISH = new Set(
  "a an the and or for to of in on with that which where who can my our your their i we you they it is are app application bot build create make want need help customers users people please me us from about by at be should could would system tool site platform assistant book only one day not no than more all every each per between must if but".split(
    " ",
  ),
);
const OTHER = new Set(
  "el la los las un una para que con por mi mis quiero una aplicación aplicacion crear le les des une pour avec qui je veux mon ma der die das ein eine einen für mit und ich möchte meine eine zum zur il lo gli che voglio mia com uma meu quero een het voor met mijn ik wil som och jag vill min dla i na chcę için bir ve uygulama".split(
    " ",
  ),
);
const KEYBOARD = /asdf|qwer|zxcv|hjkl|sdfg|wasd|yuiop|dfgh|xcvb|(.)\1{3}/i;

export type Language = "english" | "other" | "none";

/** Whether there is something to read: English, another language, or no words at all. */
export function languageOf(text: string): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters === 0) return "none";
  if (latin * 2 < letters) return "other";
  const words = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const other = words.filter((word) => OTHER.has(word) && !ENGLISH.has(word)).length;
  if (other >= 2 && other > english) return "other";
  if (english === 0 && other > 0 && words.length > 2) return "other";
  return words.some(meansSomething) ? "english" : "none";
}

function meansSomething(word: string): boolean {
  if (isVerb(word) || (ENGLISH.has(word) && (word.length > 3 || /^(app|bot)$/.test(word)))) return true;
  if (word.length < 4 || KEYBOARD.test(word)) return false;
  const vowels = word.match(/[aeiouy]/g)?.length ?? 0;
  return vowels / word.length >= 0.2 && !/[^aeiouy]{5}/.test(word);
}
