import type { TestAgent, TestApp } from "../converse.ts";

const email = { type: "string", format: "email", title: "e-mail" };

/** A law firm whose desk only hands over, to the named of its specialists. */
export function lawFirm(...names: (keyof ReturnType<typeof specialists>)[]): TestApp {
  const all = specialists();
  const present = Object.fromEntries(names.map((name) => [name, all[name]]));
  return {
    name: "Law Firm",
    description: "Clients of a law firm.",
    entry: "desk",
    agents: {
      desk: {
        title: "Law firm assistant",
        handles: "anything else, or when it is not clear what the person needs.",
        instructions: "Find out what the person needs, then hand them over.",
        tools: Object.fromEntries(
          names.map((name) => [
            `hand_off_to_${name}`,
            {
              description: `Hand the conversation over to ${all[name].title}, which handles: ${all[name].handles}`,
              to: name,
            },
          ]),
        ),
      },
      ...present,
    },
  };
}

function specialists(): Record<"leads" | "consultations" | "forms", TestAgent> {
  const leads: Record<string, unknown>[] = [];
  return {
    leads: {
      title: "Lead capture",
      handles: "Leads: to leave, send or register a lead, and to see leads.",
      instructions: "You help people leave a lead.",
      tools: {
        leave_lead: {
          description: "Leave a lead for the person, once what is required is known.",
          props: {
            email,
            interest: {
              type: "string",
              title: "interest",
              description: "What the person is looking for, in their own words.",
            },
          },
          required: ["email", "interest"],
          run: (args) => {
            const row = { lead_number: "LE-1001", ...args, status: "new" };
            leads.push(row);
            return { ok: true, row };
          },
        },
        list_leads: {
          description: "List the person's own leads, newest first.",
          run: () => ({ ok: true, count: leads.length, rows: leads }),
        },
      },
    },
    consultations: {
      title: "Consultation booking",
      handles: "Consultations: to book, schedule or make a consultation, and to see or cancel consultations.",
      instructions: "You help people book a consultation.",
      tools: {
        book_consultation: {
          description: "Book a consultation for the person.",
          props: { date: { type: "string", format: "date", title: "date" } },
          required: ["date"],
        },
      },
    },
    forms: {
      title: "Intake form",
      handles: "Intake forms: to fill in an intake form, and to see intake forms.",
      instructions: "You help people fill in an intake form.",
      tools: {
        fill_intake_form: {
          description: "Fill in an intake form for the person.",
          props: { email },
          required: ["email"],
        },
      },
    },
  };
}
