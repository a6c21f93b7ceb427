import type { Talk, Task } from "../dialogue/talk.ts";
import type { Persona, Property } from "../scene/scene.ts";

/** Where an argument is looked for: the task, the talk before it, and what was just asked. */
export type Place = { task: Task; talk: Talk; persona: Persona; asked: ReadonlySet<string> };

/** Sets a property unless it is set already or its schema forbids the value. */
export type Put = (property: Property, value: unknown) => void;
