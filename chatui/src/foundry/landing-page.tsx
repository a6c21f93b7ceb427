import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Plan } from "#protocol/api/plan";
import { useMe } from "../api/me.ts";
import { useTitle } from "../ui/use-title.ts";
import { keepPrompt, keptPrompt } from "./kept-prompt.ts";
import { PlanPreview } from "./plan-preview.tsx";
import { PromptBox } from "./prompt-box.tsx";

const PARTS = [
  {
    title: "A plan you approve",
    text: "Your sentence is read clause by clause and becomes workflows, agents, tables and tools. Nothing is built until you say yes.",
  },
  {
    title: "Tested before it is live",
    text: "Conversations are written from the same plan and must pass. A build that fails costs nothing.",
  },
  {
    title: "Every token counted",
    text: "Your app gets its own address and look. You watch usage and cost move, by person, workflow and chat.",
  },
];

type Asked = { prompt: string; plan?: Plan; times: number };

export function LandingPage() {
  useTitle("Mozaiks: one prompt becomes a running AI app");
  const me = useMe();
  const navigate = useNavigate();
  // Who comes back from signing up finds what they had, as they had changed it.
  const [kept] = useState(keptPrompt);
  const [asked, setAsked] = useState<Asked | null>(kept && { ...kept, times: 0 });
  // Who has an account sees the plan where it is built; everybody else sees it here.
  function look(prompt: string) {
    if (!me.data) return setAsked({ prompt, times: (asked?.times ?? 0) + 1 });
    keepPrompt(prompt);
    void navigate({ to: "/new" });
  }
  function build(prompt: string, plan: Plan) {
    keepPrompt(prompt, plan);
    void navigate({ to: me.data ? "/new" : "/sign-up" });
  }
  return (
    <div className="relative isolate flex-1 overflow-hidden">
      <Tiles />
      <div className="mx-auto w-full max-w-3xl px-4 pt-14 pb-16 sm:px-6 sm:pt-24">
        <h1 className="text-4xl leading-[1.08] font-semibold tracking-tight sm:text-6xl">
          What do you want to build?
        </h1>
        <p className="mt-4 mb-8 max-w-xl text-lg text-soft sm:text-xl">
          Say it in a sentence. You get a live app with agents that do the work, its own address, and a meter
          on every token.
        </p>
        <PromptBox
          label="What do you want to build?"
          action={me.data ? "Build it" : "See the plan"}
          initial={kept?.prompt}
          onBuild={look}
        />
        {asked && me.data === null && (
          <PlanPreview
            key={asked.times}
            prompt={asked.prompt}
            changed={asked.plan}
            onBuild={(plan) => build(asked.prompt, plan)}
          />
        )}
        <ul className="mt-16 grid gap-8 border-t border-line pt-10 sm:grid-cols-3">
          {PARTS.map((part) => (
            <li key={part.title}>
              <h2 className="font-semibold">{part.title}</h2>
              <p className="mt-1.5 text-[0.95rem] leading-relaxed text-soft">{part.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Column, row, strength in percent: a corner of a mosaic behind the heading. */
const TILES: [number, number, number][] = [
  [5, 0, 16],
  [6, 0, 34],
  [8, 0, 60],
  [9, 0, 22],
  [7, 1, 20],
  [8, 1, 12],
  [9, 1, 46],
  [6, 2, 8],
  [9, 2, 18],
  [8, 3, 9],
];

function Tiles() {
  return (
    <svg
      viewBox="0 0 100 40"
      aria-hidden="true"
      className="absolute -top-6 right-0 -z-10 hidden w-[46rem] max-w-[70vw] lg:block"
    >
      {TILES.map(([column, row, strength]) => (
        <rect
          key={`${column}-${row}`}
          x={column * 10 + 0.5}
          y={row * 10 + 0.5}
          width="9"
          height="9"
          rx="1.6"
          className="fill-accent"
          opacity={strength / 100}
        />
      ))}
    </svg>
  );
}
