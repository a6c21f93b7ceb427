/** What an app made from a prompt must hold. */
export type Wanted = {
  prompt: string;
  /** Ids of the catalogue that must be among its workflows. */
  does: string[];
  /** Words that must stand in the names of its workflows. */
  names: string[];
  /** Kinds of tools it must have beside `table`. */
  kinds?: ("knowledge" | "operator" | "ui")[];
};

function wanted(prompt: string, does: string, names: string, kinds?: Wanted["kinds"]): Wanted {
  const list = (text: string) => text.split(" ").filter(Boolean);
  return { prompt, does: list(does), names: list(names), ...(kinds ? { kinds } : {}) };
}

/** Sixty prompts of sixty trades, as people write them; at least one for each kind of work. */
export const PROMPTS: readonly Wanted[] = [
  wanted(
    "Build a customer support app that handles refunds and tracks orders",
    "support refunds order-tracking",
    "customer-support refund order",
    ["operator"],
  ),
  wanted("Let my online ceramics shop's customers see where their orders are", "order-tracking", "order"),
  wanted(
    "A returns desk for a shoe store: customers return shoes and check the status of their order",
    "refunds order-tracking",
    "return order",
  ),
  wanted("support bot for our project management SaaS", "support tickets", "support", ["operator"]),
  wanted("Our employees should be able to ask questions about the staff handbook", "documents", "handbook", [
    "knowledge",
  ]),
  wanted(
    "A chatbot that answers questions from our product manuals and hands over to a human when it can't help",
    "documents",
    "manual",
    ["knowledge", "operator"],
  ),
  wanted(
    "An assistant over our company policies, with leave requests and expense approval",
    "documents leave-requests expense-claims",
    "polic leave expense",
    ["knowledge"],
  ),
  wanted(
    "A physiotherapy clinic where patients book and reschedule appointments",
    "appointments",
    "appointment",
  ),
  wanted(
    "Let clients of my tattoo studio book sessions and leave reviews",
    "appointments feedback",
    "session review",
  ),
  wanted(
    "An Italian restaurant: guests reserve tables and ask about the menu",
    "reservations product-lookup",
    "table dish",
  ),
  wanted("Meeting room booking for our coworking space", "reservations", "room"),
  wanted("Capture leads for a solar panel installer and give quotes", "leads quotes", "lead quote"),
  wanted(
    "A primary school where parents report absences and ask about school lunches",
    "absences questions",
    "absence question",
  ),
  wanted("Client intake forms for a family law practice", "intake-forms", "intake"),
  wanted(
    "Patient intake for a dermatology clinic, and appointment booking",
    "intake-forms appointments",
    "intake appointment",
  ),
  wanted("New hire onboarding with a checklist for the first week", "onboarding", "onboarding"),
  wanted(
    "Onboard new franchise partners step by step and answer their questions",
    "onboarding questions",
    "onboarding question",
  ),
  wanted("Inventory lookup for our hardware store staff", "product-lookup", "inventory"),
  wanted(
    "A wine shop assistant that recommends wines and takes orders",
    "product-lookup ordering",
    "wine order",
  ),
  wanted(
    "An animal shelter where people apply to adopt dogs and donate blankets",
    "applications donations",
    "dog blanket",
  ),
  wanted("Collect customer feedback and run satisfaction surveys for our hotel", "feedback", "feedback"),
  wanted("A complaints desk for a bus company", "complaints", "complaint", ["operator"]),
  wanted(
    "Subscription management for a coffee box: customers pause, cancel or change their plan",
    "memberships",
    "subscription",
  ),
  wanted(
    "Gym members can freeze their membership and book classes",
    "memberships class-bookings",
    "membership class",
  ),
  wanted(
    "Payment follow-up: remind clients of overdue invoices and let them promise a date",
    "payment-follow-up",
    "invoice",
  ),
  wanted("Reminders for my medication and my parents' appointments", "tasks", "reminder"),
  wanted("Ticket triage for a managed IT services company", "tickets", "ticket", ["operator"]),
  wanted(
    "IT help desk: employees report problems with laptops, get answers to common questions and request access",
    "tickets questions request",
    "question access",
  ),
  wanted("Homework help: pupils ask for a tutor for maths or French", "tutoring", "tutor"),
  wanted("Let staff request time off and see how many requests are approved", "leave-requests", "time-off"),
  wanted("Expense approval for a small consultancy", "expense-claims", "expense"),
  wanted("A recruiting assistant where candidates see open jobs and apply", "job-applications", "job"),
  wanted(
    "Maths tutoring: students book lessons and take practice quizzes",
    "appointments quizzes",
    "lesson quiz",
  ),
  wanted("A quiz bot for driving theory", "quizzes", "quiz"),
  wanted("Career coaching plans for graduates", "plans", "coaching-plan"),
  wanted("Meal plans for diabetics with recipes", "plans recipes", "meal-plan recipe"),
  wanted(
    "A running club app with training plans and race registration",
    "plans event-registration",
    "training-plan race",
  ),
  wanted("Event registration for a developer conference with workshops", "event-registration", "event"),
  wanted("Real estate: property enquiries and viewings", "properties appointments", "property viewing"),
  wanted("Grocery delivery: customers track deliveries and report missing items", "deliveries", "delivery"),
  wanted("Travel insurance claims handling", "insurance-claims", "claim"),
  wanted("Warranty claims and repairs for a bicycle maker", "insurance-claims repairs", "claim repair"),
  wanted("A content drafting assistant for social media posts", "drafting", "draft"),
  wanted("Write newsletters and blog posts for a garden centre", "drafting", "newsletter"),
  wanted("Summarise meeting notes and keep the summaries", "summaries", "summar"),
  wanted("Moderation for an online community: members report posts", "moderation", "report", ["operator"]),
  wanted("Data lookup for our suppliers and their certificates", "lookup", "supplier"),
  wanted("Weekly sales reports for shop managers", "reporting", "sales-report"),
  wanted("Status updates on our building projects for home owners", "status-updates", "project"),
  wanted("A status page bot that says which services are down", "status-updates", "service"),
  wanted(
    "A veterinary practice with appointments, vaccination reminders and advice",
    "appointments tasks",
    "appointment reminder",
  ),
  wanted(
    "Barber shop chain: book haircuts, cancel them, and rate the barber",
    "appointments feedback",
    "haircut",
  ),
  wanted(
    "Landlord portal: tenants report repairs, ask about house rules and see rent invoices",
    "repairs questions invoices",
    "repair question invoice",
  ),
  wanted(
    "Church office: people register for events, request prayers and volunteer",
    "event-registration sign-ups request",
    "event prayer",
  ),
  wanted("A food bank where donors offer food and families ask for parcels", "donations", "food"),
  wanted(
    "Flower shop: order bouquets, delivery tracking and complaints",
    "ordering deliveries complaints",
    "bouquet delivery complaint",
  ),
  wanted(
    "A language school that enrolls students in courses and answers questions about prices",
    "event-registration questions",
    "course question",
  ),
  wanted(
    "Camping site: reserve pitches, rent bikes, ask about opening hours",
    "reservations questions",
    "pitch question",
  ),
  wanted(
    "Car dealership: book test drives, find cars, and value trade-ins",
    "appointments product-lookup",
    "test-drive car",
  ),
  wanted(
    "Accountant: clients upload receipts, book consultations and see their invoices",
    "appointments invoices",
    "consultation invoice",
  ),
];
