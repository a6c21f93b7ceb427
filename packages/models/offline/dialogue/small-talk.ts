export type Topic =
  | "greeting"
  | "thanks"
  | "goodbye"
  | "how_are_you"
  | "who_are_you"
  | "abilities"
  | "human"
  | "person"
  | "agree"
  | "decline"
  | "injection"
  | "compliment"
  | "insult"
  | "sorry";

const INJECTION =
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(?:instruction|prompt|rule|guideline|direction|everything (?:above|before)|previous|prior|above)|\b(?:system|initial|hidden|secret|original|developer) (?:prompt|instruction|message)s?\b|\b(?:your|the) (?:own )?(?:instructions|prompt|rules)\b(?=[^.]*(?:\?|$))|\b(?:print|reveal|show|repeat|output|tell me|give me|leak|dump|what (?:are|is|were))\b[^.?!]{0,40}\b(?:your (?:own )?(?:prompt|instructions?|rules|guidelines|tools? (?:list|schema)|configuration)|everything above|text above|words above)\b|\b(?:you are now|from now on,? you|pretend (?:to be|you)|act as (?:if|an?|my)|roleplay|jailbreak|developer mode|dan mode|do anything now)\b|<\/?(?:system|instructions?)>/i;

/** Whole-message patterns: what remains beside them is nothing to do. */
const TOPICS: [Topic, RegExp][] = [
  [
    "abilities",
    /^(?:(?:hi|hello|hey)[,!.\s]+)?(?:(?:so|ok|and)[,\s]+)?(?:what|how) (?:all |else |exactly )?(?:can|could|do|are) you (?:able to )?(?:do|help|offer|handle|know|assist)\b.{0,40}$|^(?:help|menu|options|\?+|commands|what now|what can i (?:do|ask|say)(?: here)?|what do you do|what are my options|how does this work|how do (?:you|i) (?:work|use this)|what is this(?: for)?|i need help|can you help(?: me)?|please help(?: me)?|help me|i need (?:some )?(?:help|assistance|support)|what services do you (?:offer|have))[\s?!.]*$/i,
  ],
  [
    "person",
    /\b(?:speak|talk|chat|connect(?: me)?|transfer(?: me)?|put me through|get me) (?:to|with)? ?(?:a |an |the |some |your )?(?:real |live |actual )?(?:human|person|someone|somebody|agent|representative|rep|operator|manager|supervisor|staff)\b|^(?:human|agent|operator|representative|real person)(?: please)?[\s!.]*$/i,
  ],
  [
    "human",
    /\b(?:are|r) (?:you|u) (?:a |an |really |actually |some )*(?:human|person|real|robot|bot|ai|machine|llm|chat ?gpt|gpt|claude|computer|language model|chatbot|alive)\b|\b(?:what|which) (?:ai |language )?model (?:are you|is this|do you use)\b|\b(?:am i|is this) (?:talking|speaking|chatting)? ?(?:to|with)? ?(?:a |an )?(?:human|person|bot|robot|machine|ai)\b/i,
  ],
  [
    "who_are_you",
    /^(?:(?:hi|hello|hey)[,!.\s]+)?(?:and )?(?:who|what) (?:are|r) (?:you|u)[\s?!.]*$|\bwhat(?:'s| is) your name\b|^who (?:is this|am i (?:talking|speaking) (?:to|with))[\s?!.]*$|^tell me about yourself[\s.!]*$/i,
  ],
  [
    "how_are_you",
    /^(?:(?:hi|hello|hey)[,!.\s]+(?:there[,!.\s]+)?)?(?:how(?:'s| is| are|'re) (?:you|u|it going|things|life|your day)(?: doing)?(?: today)?|what'?s up|how do you do|sup)[\s?!.]*$/i,
  ],
  [
    "thanks",
    /^(?:(?:ok|okay|great|perfect|awesome|cool|super|nice|wonderful|good|excellent|brilliant|lovely|no|that's all|that is all|alright)[,!.\s]+)*(?:thanks?(?: you)?|thx|ty|cheers|much appreciated|many thanks|i appreciate (?:it|that|your help))(?:[\s,]+(?:so much|very much|a lot|a bunch|again|for (?:your |the |all |all your )?(?:help|helping|info|information|that|this|everything)|that's all|that is all|that helps|bye))*[\s!.]*(?::\)|🙏|😊)?$/iu,
  ],
  [
    "goodbye",
    /^(?:ok(?:ay)?[,!.\s]+)?(?:(?:good)?bye(?: bye)?|see (?:you|ya)(?: later| soon| around)?|good night|goodnight|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|that'?s (?:all|it|everything)(?: for (?:now|today))?|that is all|nothing else|no,? (?:that's all|that's it|nothing(?: else)?|i'm (?:good|fine|done))|i'm (?:done|good|all set)|ciao|farewell)[\s!.]*$/i,
  ],
  [
    "greeting",
    /^(?:hi+|hello+|hey+|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day)|hola|bonjour|hallo|moin|ciao)(?:[\s,!.]+(?:there|all|everyone|again|team|bot|assistant|mozaiks|you|friend|\w+))?[\s!.,:)👋]*$/iu,
  ],
  ["sorry", /^(?:(?:i'm|i am|so|very) )*(?:sorry|apologies|my bad|my mistake|oops)[\s!.]*$/i],
  [
    "compliment",
    /^(?:you(?:'re| are) (?:so |really |very |the )?(?:great|awesome|amazing|helpful|the best|best|kind|nice|brilliant|a star)|(?:that's |that is |this is |well |very |so )?(?:great|awesome|perfect|excellent|good job|well done|nice|cool|wonderful|amazing|fantastic|brilliant|lovely|helpful|nice work|love it))[\s!.:)]*$/i,
  ],
  [
    "insult",
    /^(?:you(?:'re| are) (?:so |really |very |a |an )*(?:stupid|dumb|useless|idiot|terrible|awful|bad|annoying|worthless|the worst)|(?:this|that) (?:is |was )?(?:sucks|useless|stupid|terrible|awful|rubbish|garbage|ridiculous)|wtf|fuck (?:you|off|this)|stupid (?:bot|machine))\b.{0,30}$/i,
  ],
  [
    "decline",
    /^(?:no|nope|nah|no thanks?(?: you)?|not (?:really|now|yet|today)|never ?mind|nevermind|(?:i(?:'ve| have)? )?changed my mind|forget (?:it|about it|that)|leave it|stop|cancel(?: that)?|don't bother|skip it|drop it)[\s!.,]*$/i,
  ],
  [
    "agree",
    /^(?:yes|yeah|yep|yup|sure|ok|okay|k|alright|all right|fine|go ahead|do it|sounds good|got it|i see|understood|right|correct|exactly|of course|absolutely|please do|yes please|great)[\s!.,]*$/i,
  ],
];

/** What a message is about when it is no request: the pleasantry, or the trick, it is. */
export function smallTalk(text: string): Topic | null {
  if (INJECTION.test(text)) return "injection";
  const said = text.trim().replace(/[“”]/g, '"').replaceAll("’", "'");
  if (said.length > 160) return null;
  return TOPICS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}
