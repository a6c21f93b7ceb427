import { withArticle } from "../brief/words.ts";
import { type About, request } from "../shapes/request.ts";
import { choice, integer, text } from "./column.ts";

/** Plans of food are asked for by diet, all others by how far one is. */
const FOOD = /\b(?:meal|diet|nutrition|food|eating|menu|recipe)\b/;
const DIETS = ["everything", "vegetarian", "vegan", "gluten-free"] as const;
const LEVELS = ["beginner", "intermediate", "advanced"] as const;

/** A plan made for somebody: meals or workouts, by goal and days a week. */
export const plans = request({
  id: "plans",
  noun: "workout plan",
  record: "request",
  verb: "request",
  also: ["ask for", "get", "make", "order"],
  cues: {
    phrases: [
      "workout plan",
      "meal plan",
      "training plan",
      "diet plan",
      "nutrition plan",
      "fitness plan",
      "exercise plan",
      "weight loss plan",
      "running plan",
      "coaching plan",
      "personal training",
      "personal trainer",
    ],
    pairs: [
      {
        verbs: ["get", "request", "create", "plan", "make", "generate", "suggest", "give", "recommend"],
        nouns: ["workout", "diet", "nutrition", "exercise"],
      },
    ],
    nouns: ["workout", "diet", "nutrition"],
  },
  columns: ({ noun }) => ({
    goal: text("Goal", "What the person wants to reach, in their own words.", {
      required: true,
      examples: examplesFor(noun).goals,
    }),
    ...(FOOD.test(noun)
      ? { diet: choice("Diet", "What the person eats.", DIETS, { required: true }) }
      : { level: choice("Level", "How far the person is already.", LEVELS, { required: true }) }),
    days_per_week: integer("Days per week", "How many days a week the plan is for.", {
      required: true,
      examples: [3, 5],
    }),
    notes: text("Notes", "Allergies, injuries or anything else that matters."),
  }),
  statuses: ["requested", "in progress", "ready", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  change: { verb: "change", columns: ["days_per_week"] },
  samples: ({ noun }) => {
    const { goals, choices, name } = examplesFor(noun);
    return [
      { goal: goals[0], [name]: choices[0], days_per_week: 4, notes: null },
      { goal: goals[1], [name]: choices[1], days_per_week: 3, notes: "Nobody at work should know" },
    ];
  },
  opening: ({ noun }: About) => {
    const { name, choices } = examplesFor(noun);
    return {
      say: `I want to request ${withArticle(noun)} for 5 days per week, ${name} ${choices[0]}: I would like to be fit for the summer`,
      stored: { [name]: choices[0], days_per_week: 5 },
    };
  },
});

type Examples = { goals: [string, string]; name: "diet" | "level"; choices: [string, string] };

function examplesFor(noun: string): Examples {
  return FOOD.test(noun)
    ? { goals: ["Gain muscle", "Eat less sugar"], name: "diet", choices: ["vegetarian", "vegan"] }
    : {
        goals: ["Run ten kilometres", "Get stronger without weights"],
        name: "level",
        choices: ["intermediate", "beginner"],
      };
}
