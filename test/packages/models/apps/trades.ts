import type { TestApp } from "../converse.ts";
import { solo, table, text } from "./parts.ts";

export function dentist(): TestApp {
  const visits = table("V", "appointment_number", [
    {
      appointment_number: "V-1001",
      treatment: "check-up",
      starts_at: "2026-11-27T09:00:00Z",
      status: "booked",
    },
  ]);
  const number = text("appointment number", { pattern: "^(?:V-\\d{4})$", examples: ["V-1001"] });
  const when = text("date and time", { format: "date-time" });
  return solo(
    "Bright Smile",
    "A dentist's practice in Leeds.",
    "Receptionist",
    "booking, moving and cancelling appointments.",
    "Book appointments with book_appointment. We are open Monday to Friday from 8 am to 6 pm. A check-up costs $60. Parking is free behind the building. New patients should arrive ten minutes early.",
    {
      book_appointment: {
        description: "Books an appointment for a treatment.",
        props: {
          treatment: text("treatment", { enum: ["check-up", "cleaning", "filling", "whitening"] }),
          starts_at: when,
          patient_name: text("patient name"),
          notes: text("notes"),
        },
        required: ["treatment", "starts_at"],
        run: visits.insert({ status: "booked" }),
      },
      reschedule_appointment: {
        description: "Moves an appointment to another date and time.",
        props: { appointment_number: number, starts_at: when },
        required: ["appointment_number"],
        run: visits.update({}),
      },
      cancel_appointment: {
        description: "Cancels an appointment.",
        props: { appointment_number: number },
        required: ["appointment_number"],
        run: visits.update({ status: "cancelled" }),
      },
      list_appointments: { description: "Lists the person's appointments.", run: () => visits.find({}) },
    },
  );
}

export function itDesk(): TestApp {
  const tickets = table("T", "ticket_number");
  return solo(
    "Northwind IT",
    "The internal IT help desk of Northwind.",
    "IT help desk",
    "technical problems of employees.",
    "Open a ticket for every problem. Ask for what is missing.",
    {
      create_ticket: {
        description: "Opens a support ticket for a technical problem.",
        props: {
          title: text("title", { description: "The problem in a few words." }),
          description: text("description", { description: "What happens, in the person's words." }),
          priority: text("priority", { enum: ["low", "normal", "high", "urgent"] }),
          category: text("category", { enum: ["hardware", "software", "network", "access"] }),
        },
        required: ["title", "description", "priority"],
        run: tickets.insert({ status: "open" }),
      },
      get_ticket: {
        description: "Shows one ticket by its number.",
        props: { ticket_number: text("ticket number", { pattern: "^(?:T-\\d{4})$", examples: ["T-1001"] }) },
        required: ["ticket_number"],
        run: tickets.get,
      },
      list_tickets: {
        description: "Lists the person's tickets.",
        props: { status: text("status", { enum: ["open", "in_progress", "closed"] }) },
        run: tickets.find,
      },
      close_ticket: {
        description: "Closes a ticket that is solved.",
        props: { ticket_number: text("ticket number", { pattern: "^(?:T-\\d{4})$", examples: ["T-1001"] }) },
        required: ["ticket_number"],
        run: tickets.update({ status: "closed" }),
      },
    },
  );
}

export function gym(): TestApp {
  const bookings = table("B", "booking_number");
  const classes = [
    { class_name: "Morning Yoga", trainer: "Lena", starts_at: "2026-11-24T07:00:00Z", places_left: 4 },
    { class_name: "Spin", trainer: "Marco", starts_at: "2026-11-24T18:00:00Z", places_left: 1 },
    { class_name: "Pilates", trainer: "Lena", starts_at: "2026-11-25T12:00:00Z", places_left: 9 },
  ];
  return solo(
    "Iron Temple",
    "A gym with classes.",
    "Class planner",
    "the timetable and bookings of classes.",
    "Show the timetable, book classes. Towels can be rented for $2. Members may cancel up to two hours before a class.",
    {
      list_classes: {
        description: "Shows the timetable of coming classes with trainer and places left.",
        run: () => ({ ok: true, count: classes.length, rows: classes }),
      },
      book_class: {
        description: "Books a place in a class.",
        props: {
          class_name: text("class name", { examples: ["Morning Yoga", "Spin", "Pilates"] }),
          guests: { type: "integer", title: "number of guests", minimum: 0, maximum: 3 },
        },
        required: ["class_name"],
        run: bookings.insert({ status: "confirmed" }),
      },
      cancel_booking: {
        description: "Cancels a booked place.",
        props: { booking_number: text("booking number", { pattern: "^(?:B-\\d{4})$" }) },
        required: ["booking_number"],
        run: bookings.update({ status: "cancelled" }),
      },
    },
  );
}

export function recipes(): TestApp {
  const all = [
    {
      title: "Banana bread",
      main_ingredient: "banana",
      minutes: 60,
      difficulty: "easy",
      method:
        "Mash three ripe bananas, mix them with flour, sugar, eggs and butter, and bake for fifty minutes at 180 degrees.",
    },
    {
      title: "Chicken curry",
      main_ingredient: "chicken",
      minutes: 40,
      difficulty: "medium",
      method:
        "Fry onions and spices, add the chicken and coconut milk, and let it simmer for half an hour until it is tender.",
    },
  ];
  const saved = table("S", "list_number");
  return solo(
    "Pantry",
    "Finds recipes and keeps a shopping list.",
    "Kitchen helper",
    "recipes and shopping lists.",
    "Find recipes with find_recipes.",
    {
      find_recipes: {
        description: "Finds recipes by their main ingredient, difficulty or cooking time.",
        props: {
          main_ingredient: text("main ingredient", { examples: ["chicken", "banana"] }),
          difficulty: text("difficulty", { enum: ["easy", "medium", "hard"] }),
          max_minutes: { type: "integer", title: "maximum minutes" },
        },
        run: ({ main_ingredient, difficulty, max_minutes }) => {
          const rows = all.filter(
            (it) =>
              (!main_ingredient || it.main_ingredient === main_ingredient) &&
              (!difficulty || it.difficulty === difficulty) &&
              (!max_minutes || it.minutes <= Number(max_minutes)),
          );
          return { ok: true, count: rows.length, rows };
        },
      },
      add_shopping_item: {
        description: "Adds an item to the shopping list.",
        props: { item: text("item"), quantity: { type: "integer", title: "quantity", minimum: 1 } },
        required: ["item"],
        run: saved.insert({}),
      },
      list_shopping_items: { description: "Shows the shopping list.", run: () => saved.find({}) },
    },
  );
}

export function leave(): TestApp {
  const requests = table("L", "request_number");
  return solo(
    "Fern HR",
    "Human resources for the people of Fern.",
    "Leave assistant",
    "vacation and sick leave.",
    "Employees have 28 days of paid vacation a year. Record leave with request_leave.",
    {
      request_leave: {
        description: "Records a request for leave: vacation, sick leave or parental leave.",
        props: {
          kind: text("kind of leave", { enum: ["vacation", "sick", "parental"] }),
          start_date: text("first day", { format: "date" }),
          end_date: text("last day", { format: "date" }),
          reason: text("reason"),
        },
        required: ["kind", "start_date", "end_date"],
        run: requests.insert({ status: "waiting for approval" }),
      },
      list_leave_requests: {
        description: "Lists the person's leave requests.",
        run: () => requests.find({}),
      },
    },
  );
}

export function homes(): TestApp {
  const viewings = table("W", "viewing_number");
  const listings = [
    {
      listing_number: "H-204",
      title: "Sunny flat by the river",
      city: "Lisbon",
      bedrooms: 2,
      price: 1450,
      available_from: "2026-12-01",
    },
    {
      listing_number: "H-310",
      title: "House with garden",
      city: "Porto",
      bedrooms: 4,
      price: 2300,
      available_from: "2027-01-15",
    },
  ];
  return solo(
    "Casa Nova",
    "Homes to rent in Portugal.",
    "Letting agent",
    "finding homes and arranging viewings.",
    "Find homes, then arrange viewings. Prices are in EUR per month. The deposit is two months' rent. Pets are allowed in most homes.",
    {
      search_listings: {
        description: "Finds homes to rent by city, bedrooms and price.",
        props: {
          city: text("city", { examples: ["Lisbon", "Porto"] }),
          bedrooms: { type: "integer", title: "bedrooms" },
          max_price: { type: "number", title: "maximum price" },
        },
        run: ({ city, bedrooms, max_price }) => {
          const rows = listings.filter(
            (it) =>
              (!city || it.city === city) &&
              (!bedrooms || it.bedrooms === bedrooms) &&
              (!max_price || it.price <= Number(max_price)),
          );
          return { ok: true, count: rows.length, rows };
        },
      },
      book_viewing: {
        description: "Arranges a viewing of a home.",
        props: {
          listing_number: text("listing number", { pattern: "^(?:H-\\d{3})$", examples: ["H-204"] }),
          visitor_name: text("visitor name"),
          email: text("e-mail", { format: "email" }),
          starts_at: text("date and time", { format: "date-time" }),
        },
        required: ["listing_number", "visitor_name", "email", "starts_at"],
        run: viewings.insert({ status: "requested" }),
      },
    },
  );
}

export function tutor(): TestApp {
  const results = table("Q", "quiz_number");
  return solo(
    "Quizzly",
    "A tutor that asks questions on school subjects.",
    "Quiz master",
    "quizzes on school subjects.",
    "Start a quiz on the topic the learner names. A quiz has five questions. Scores above 80 percent earn a star.",
    {
      start_quiz: {
        description: "Starts a quiz on a topic.",
        props: {
          topic: text("topic", { description: "What the questions are about." }),
          level: text("level", { enum: ["beginner", "intermediate", "advanced"] }),
        },
        required: ["topic", "level"],
        run: results.insert({
          first_question:
            "What do plants take in from the air to make sugar, and what do they give off while doing so?",
        }),
      },
      list_scores: { description: "Lists the learner's scores.", run: () => results.find({}) },
    },
  );
}
