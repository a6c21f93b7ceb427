import { nounOf } from "../shapes/noun-of.ts";
import { offered } from "../shapes/offered.ts";
import { choice, email, text } from "./column.ts";

/** Open jobs, and who applies for them. */
export const jobApplications = offered({
  id: "job-applications",
  cues: {
    phrases: [
      "job application",
      "apply for job",
      "open job",
      "open position",
      "open role",
      "job opening",
      "job listing",
      "job board",
      "job post",
      "applicant tracking",
      "career page",
    ],
    pairs: [
      {
        verbs: [
          "apply",
          "see",
          "find",
          "browse",
          "list",
          "post",
          "search",
          "fill",
          "offer",
          "show",
          "screen",
          "recruit",
          "hire",
        ],
        nouns: ["job", "position", "vacancy", "opening", "candidate", "applicant", "cv", "resume"],
      },
    ],
    nouns: ["vacancy", "recruiting", "recruitment", "hiring"],
    verbs: ["recruit"],
  },
  noun: "job",
  nounIn: ({ noun }) => {
    const asked = nounOf(noun, "job").replace(/^(open|new|current) /, "");
    return /(job|position|vacancy|role)$/.test(asked) ? asked : "job";
  },
  suffix: "application",
  verb: "apply for",
  also: ["send an application for"],
  tells: "their place and hours",
  columns: (noun) => ({
    place: text("Place", `Where the ${noun} is.`, { required: true }),
    hours: choice("Hours", "Full time or part time.", ["full time", "part time"], { required: true }),
    about: text("About", `What one does in the ${noun}.`),
  }),
  things: () => [
    {
      title: "Office manager",
      values: { place: "Old town", hours: "full time", about: "Keeps the office running" },
    },
    {
      title: "Bookkeeper",
      values: { place: "From home", hours: "part time", about: "Invoices, payments and the yearly report" },
    },
    {
      title: "Team lead",
      values: { place: "Harbour", hours: "full time", about: "Leads a team of eight people" },
    },
  ],
  carried: ["place"],
  narrow: ["hours"],
  asked: {
    columns: {
      email: email("E-mail", "Where the applicant can be reached.", { required: true }),
      motivation: text("Motivation", "Why they apply, in their own words.", {
        examples: ["I have done this for five years"],
      }),
    },
    samples: [
      { email: "alex@example.com", motivation: "I have done this for five years" },
      { email: "dana@example.org", motivation: "My present employer must not know yet" },
    ],
    say: ", my e-mail is kim@example.com",
    stored: { email: "kim@example.com" },
  },
  offer: "find a job and apply for it",
  statuses: ["received", "in review", "interview", "accepted", "declined", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
});
