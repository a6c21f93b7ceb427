import { request } from "../shapes/request.ts";
import { choice, text } from "./column.ts";

/** Help with learning: tutoring, homework, coaching, plans. */
export const tutoring = request({
  id: "tutoring",
  noun: "tutoring",
  record: "request",
  verb: "request",
  also: ["ask for", "get", "find"],
  cues: {
    phrases: ["homework help", "study plan", "exam preparation", "practice quiz"],
    pairs: [
      {
        verbs: [
          "get",
          "request",
          "give",
          "find",
          "create",
          "offer",
          "plan",
          "help",
          "practice",
          "practise",
          "take",
          "make",
          "generate",
          "teach",
        ],
        nouns: ["tutoring", "tutor", "homework", "quiz", "coaching", "exam", "coach", "mentor"],
      },
    ],
    nouns: ["tutoring", "coaching", "homework", "quiz", "mentoring"],
    verbs: ["tutor", "coach", "teach"],
  },
  columns: () => ({
    goal: text("Goal", "What the person wants to reach, in their own words.", {
      required: true,
      examples: ["Pass the maths exam", "Write better essays"],
    }),
    level: choice("Level", "How far the person is already.", ["beginner", "intermediate", "advanced"], {
      required: true,
    }),
    per_week: choice("How often", "How often in a week.", ["once", "twice", "daily"]),
  }),
  statuses: ["requested", "matched", "completed", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { goal: "Pass the maths exam", level: "intermediate", per_week: "twice" },
    { goal: "Read the letters of my grandmother", level: "advanced", per_week: "once" },
  ],
  opening: ({ noun }) => ({
    say: `I want to request ${noun} as a beginner: I would like to be fit for the summer`,
    stored: { level: "beginner" },
  }),
});
