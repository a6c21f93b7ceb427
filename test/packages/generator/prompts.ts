/** Prompts of many trades, and what the names of their workflows must hold. */
export const PROMPTS: readonly { prompt: string; names: string[] }[] = [
  {
    prompt: "A dentist app where patients book appointments and ask about opening hours",
    names: ["appointment", "question"],
  },
  {
    prompt: "An app for my gym so members can book classes and cancel their membership",
    names: ["class", "membership"],
  },
  { prompt: "A bakery app to take cake orders and answer questions", names: ["cake", "question"] },
  {
    prompt: "Law firm: clients book consultations and fill in an intake form",
    names: ["consultation", "intake"],
  },
  {
    prompt: "An app for our school where parents report absences and ask questions",
    names: ["absence", "question"],
  },
  {
    prompt: "HR assistant for leave requests, expense claims and policy questions",
    names: ["leave", "expense", "question"],
  },
  {
    prompt:
      "IT help desk for our SaaS company where employees report IT issues, request access to software and check the status of their tickets",
    names: ["issue", "access"],
  },
  { prompt: "I'm a landlord and want my tenants to report repairs and pay rent", names: ["repair", "rent"] },
  {
    prompt: "Event organiser app: people register for workshops and give feedback",
    names: ["workshop", "feedback"],
  },
  { prompt: "vet clinic", names: ["appointment"] },
  { prompt: "car repair shop app for booking repairs and getting quotes", names: ["repair", "quote"] },
  {
    prompt: "A charity app where people can donate clothes and volunteer for shifts",
    names: ["clothes", "shift"],
  },
  {
    prompt: "A restaurant app with reservations, takeaway orders and reviews",
    names: ["reservation", "takeaway", "review"],
  },
  {
    prompt: "I'm a freelancer. Clients should see their invoices and ask for quotes.",
    names: ["invoice", "quote"],
  },
  { prompt: "Library app: readers search books, reserve books and renew loans", names: ["book", "loan"] },
  {
    prompt:
      "Build an app for my dog rescue where people can apply to adopt rescue dogs, book visits and donate blankets",
    names: ["rescue-dog", "visit", "blanket"],
  },
  {
    prompt: "an app for a yoga studio so members can book yoga classes and cancel them",
    names: ["yoga-class"],
  },
  {
    prompt: 'An app called "Bee Happy" for beekeepers to log hive inspections and find flowers',
    names: ["hive-inspection", "flower"],
  },
  {
    prompt: "A real estate agency bot that finds apartments, books viewings and captures leads",
    names: ["apartment", "viewing", "lead"],
  },
  { prompt: "An app to swap vinyl records with neighbours", names: ["vinyl-record"] },
  { prompt: "I want to let people report broken street lights in our city", names: ["broken-street-light"] },
  { prompt: "insurance company that handles claims and complaints", names: ["claim", "complaint"] },
  { prompt: "A courier tracking app", names: ["delivery"] },
  { prompt: "app with recipes and shopping lists", names: ["recipe", "shopping"] },
  {
    prompt: "The app should let my hotel guests order room service and book spa treatments",
    names: ["room-service", "spa-treatment"],
  },
  { prompt: "online tutoring marketplace where students find tutors and take quizzes", names: ["tutor"] },
  { prompt: "Help customers return products and leave product reviews", names: ["return", "review"] },
  { prompt: "customer support app", names: ["support"] },
  { prompt: "make me an app", names: ["request"] },
  { prompt: "something to help my grandma remember her pills", names: ["pill"] },
  { prompt: "meal plans and recipes for athletes", names: ["meal-plan", "recipe-finder"] },
  {
    prompt: "Build an app for my yoga studio to sign people up for classes and collect feedback",
    names: ["class-booking", "feedback"],
  },
  { prompt: "I run a law firm. I want an app to capture leads and book consultations", names: ["lead"] },
  { prompt: "A bike repair shop app", names: ["repair"] },
  { prompt: "an app for dog walkers", names: ["appointment"] },
  {
    prompt: "a gym app with workout plans, class bookings and memberships",
    names: ["workout-plan", "class"],
  },
  { prompt: "cooking class sign up", names: ["class"] },
];
