/** Prompts with conditions: what becomes a rule of which workflow, and what is named as not built. */
export const RULE_PROMPTS: readonly { prompt: string; rules: string[]; unbuilt: string[] }[] = [
  {
    prompt: "A shop app where refunds over $50 need my approval",
    rules: ["refund-handler: operator approves amount > 50"],
    unbuilt: [],
  },
  {
    prompt: "Build a refund app. Refunds over $50 need manager approval.",
    rules: ["refund-handler: operator approves amount > 50"],
    unbuilt: [],
  },
  {
    prompt: "Customers order cakes; orders above 10 items need approval",
    rules: ["cake-orders: operator approves quantity > 10"],
    unbuilt: [],
  },
  {
    prompt: "Employees claim expenses, expenses under €100 are approved automatically",
    rules: ["expense-claim: operator approves amount >= 100"],
    unbuilt: [],
  },
  {
    prompt: "A dentist app where patients book appointments only on weekdays between 9 and 17",
    rules: ["appointment-booking: date on 12345", "appointment-booking: time in 09:00-17:00"],
    unbuilt: [],
  },
  {
    prompt: "A hair salon app: clients book appointments, not on Sundays",
    rules: ["appointment-booking: date on 123456"],
    unbuilt: [],
  },
  {
    prompt: "Restaurant app with reservations for no more than 6 guests, at least 24 hours ahead",
    rules: ["table-reservation: people in ..6", "table-reservation: make 24h before date"],
    unbuilt: [],
  },
  {
    prompt: "An app for a yoga studio so members can book classes, at most 3 per person",
    rules: ["class-booking: person at most 3"],
    unbuilt: [],
  },
  {
    prompt: "A workshop registration app, maximum 20 seats per workshop",
    rules: ["workshop-registration: everybody at most 20 seats per title"],
    unbuilt: [],
  },
  {
    prompt: "Guests can reserve tables between 17:00 and 22:00, closed on Mondays",
    rules: ["table-reservation: time in 17:00-22:00", "table-reservation: date on 023456"],
    unbuilt: [],
  },
  {
    prompt: "A booking app with no double bookings",
    rules: ["appointment-booking: everybody at most 1 per date+time"],
    unbuilt: [],
  },
  { prompt: "All refunds need my approval", rules: ["refund-handler: operator approves all"], unbuilt: [] },
  { prompt: "Appointments can't be cancelled", rules: ["appointment-booking: never end"], unbuilt: [] },
  { prompt: "Only staff can cancel reservations", rules: ["table-reservation: never end"], unbuilt: [] },
  {
    prompt: "A bike rental app where bikes are rented for at most 7 days",
    rules: ["bike-reservation: days(first_day..last_day) in ..7"],
    unbuilt: [],
  },
  { prompt: "An app to book tours only on Mondays", rules: ["tour-booking: date on 1"], unbuilt: [] },
  {
    prompt: "no bookings on Sundays for my barber shop",
    rules: ["appointment-booking: date on 123456"],
    unbuilt: [],
  },
  {
    prompt: "Physio practice where patients book appointments, no later than 6pm, Monday to Friday",
    rules: ["appointment-booking: time in 00:00-18:00", "appointment-booking: date on 12345"],
    unbuilt: [],
  },
  {
    prompt: "Let people reserve tennis courts, one per day per person",
    rules: ["tennis-court-reservation: person at most 1 per date"],
    unbuilt: [],
  },
  {
    prompt: "Expenses need sign-off by a manager if they exceed £250",
    rules: ["expense-claim: operator approves amount > 250"],
    unbuilt: [],
  },
  {
    prompt: "Only refunds above 30 dollars require the owner's okay",
    rules: ["refund-handler: operator approves amount > 30"],
    unbuilt: [],
  },
  {
    prompt: "Our clinic takes appointments on Tuesdays, Wednesdays and Thursdays only",
    rules: ["appointment-booking: date on 234"],
    unbuilt: [],
  },
  {
    prompt: "Clients book a massage at least two days in advance",
    rules: ["massage-booking: make 48h before date"],
    unbuilt: [],
  },
  {
    prompt: "Groups of 4 to 12 people register for tours",
    rules: ["tour-registration: seats in 4..12"],
    unbuilt: [],
  },
  {
    prompt: "A swimming school where parents book lessons, maximum of 2 lessons per child",
    rules: ["lesson-booking: person at most 2"],
    unbuilt: [],
  },
  {
    prompt: "Orders of at least 6 bottles; the app is for a wine shop where people order wine",
    rules: ["wine-orders: quantity in 6.."],
    unbuilt: [],
  },
  {
    prompt: "Leave of 3 days or more must be approved by my manager; employees request leave",
    rules: ["leave-request: operator approves days(first_day..last_day) >= 3"],
    unbuilt: [],
  },
  {
    prompt: "Employees request leave at least 14 days ahead",
    rules: ["leave-request: make 336h before first_day"],
    unbuilt: [],
  },
  {
    prompt: "No reservations for fewer than 2 people in my bistro",
    rules: ["table-reservation: people in 2.."],
    unbuilt: [],
  },
  {
    prompt: "An app where guests reserve rooms for up to 10 nights",
    rules: [],
    unbuilt: ["guests reserve rooms for up to 10 nights"],
  },
  {
    prompt: "Tickets can't be changed or cancelled. It's an app for a cinema where people book tickets.",
    rules: ["ticket-reservation: never end", "ticket-reservation: never change"],
    unbuilt: [],
  },
  {
    prompt: "Patients can cancel appointments up to 24 hours before",
    rules: ["appointment-booking: end 24h before date"],
    unbuilt: [],
  },
  {
    prompt:
      "Expense app for our company. Staff submit expenses with receipts for approval by their manager if they cost more than 200 euros",
    rules: ["expense-claim: operator approves amount > 200"],
    unbuilt: [],
  },
  {
    prompt: "A cake shop where customers order cakes at least 3 days ahead, minimum 2 cakes per order",
    rules: ["cake-orders: make 72h before pickup_on", "cake-orders: quantity in 2.."],
    unbuilt: [],
  },
  {
    prompt: "Hotel guests book spa treatments between 10am and 8pm, one booking per person per day",
    rules: ["spa-treatment-booking: time in 10:00-20:00", "spa-treatment-booking: person at most 1 per date"],
    unbuilt: [],
  },
  {
    prompt:
      "Our climbing gym: members book climbing classes, max 12 people per class, only on Tuesdays and Thursdays",
    rules: ["climbing-class-booking: everybody at most 12 per climbing_class_name"],
    unbuilt: ["only on Tuesdays and Thursdays"],
  },
  {
    prompt:
      "I want an app for my driving school. Learners book lessons Monday to Saturday, 8:00 to 20:00, and can't cancel later than 48 hours before.",
    rules: [
      "lesson-booking: date on 123456",
      "lesson-booking: time in 08:00-20:00",
      "lesson-booking: end 48h before date",
    ],
    unbuilt: [],
  },
  {
    prompt: "Make a help desk where employees open tickets. Only IT staff can close tickets.",
    rules: ["issue-tickets: never end"],
    unbuilt: [],
  },
  {
    prompt: "Purchase requests over $1,000 need approval from finance",
    rules: ["purchase-request: operator approves amount > 1000"],
    unbuilt: [],
  },
  {
    prompt: "An event app where people register for workshops with no more than 5 seats each",
    rules: ["workshop-registration: seats in ..5"],
    unbuilt: [],
  },
  {
    prompt: "Charity app: donations of at least $5, no anonymous donations",
    rules: [],
    unbuilt: ["donations of at least $5"],
  },
  {
    prompt: "A library app: readers reserve books, at most 5 books per reader, loans up to 21 days",
    rules: ["book-reservation: person at most 5", "book-reservation: days(first_day..last_day) in ..21"],
    unbuilt: [],
  },
  {
    prompt: "A vet clinic bot in English and French. Pet owners book appointments on weekdays only.",
    rules: ["appointment-booking: date on 12345"],
    unbuilt: [],
  },
  {
    prompt:
      "Build a tool for landlords; tenants report repairs. Repairs above $500 need the landlord's permission.",
    rules: [],
    unbuilt: ["Repairs above $500 need the landlord's permission"],
  },
  {
    prompt: "A doctor's practice where patients book appointments but not on weekends or after 6pm",
    rules: ["appointment-booking: date on 12345", "appointment-booking: time in 00:00-18:00"],
    unbuilt: [],
  },
  {
    prompt: "Salon booking with no double bookings and at least 2 hours notice",
    rules: [
      "appointment-booking: everybody at most 1 per date+time",
      "appointment-booking: make 2h before date",
    ],
    unbuilt: [],
  },
  {
    prompt: "Restaurant reservations for 2 to 8 people, only between 18:00 and 23:00, never on Mondays",
    rules: [
      "table-reservation: people in 2..8",
      "table-reservation: time in 18:00-23:00",
      "table-reservation: date on 023456",
    ],
    unbuilt: [],
  },
  {
    prompt: "Students can book a tutor, two lessons per week at most",
    rules: [],
    unbuilt: ["two lessons per week at most"],
  },
  {
    prompt: "An app for volunteers to sign up for shifts. Each volunteer can take at most 2 shifts per day.",
    rules: ["shift-sign-up: person at most 2 per day"],
    unbuilt: [],
  },
  {
    prompt:
      "HR app: employees request leave, managers approve leave requests, employees only see their own requests",
    rules: ["leave-request: operator approves all"],
    unbuilt: [],
  },
  {
    prompt: "Leave requests of more than 10 days must be approved by HR",
    rules: ["leave-request: operator approves days(first_day..last_day) > 10"],
    unbuilt: [],
  },
  { prompt: "a shop app with order tracking and refunds but without exchanges", rules: [], unbuilt: [] },
  {
    prompt: "Customer support chat for my webshop, no phone calls, refunds under $20 are automatic",
    rules: ["refund-handler: operator approves amount >= 20"],
    unbuilt: [],
  },
  {
    prompt: "A meeting room app: rooms can be booked during office hours only",
    rules: ["room-reservation: time in 09:00-17:00"],
    unbuilt: [],
  },
  { prompt: "Drivers log deliveries and customers track deliveries", rules: [], unbuilt: [] },
  {
    prompt: "An insurance app where claims over 5000 EUR need sign-off by a supervisor",
    rules: ["claim-desk: operator approves amount > 5000"],
    unbuilt: [],
  },
  {
    prompt: "Build an app that lets people rent tools for up to 14 days, without a deposit",
    rules: ["tool-reservation: days(first_day..last_day) in ..14"],
    unbuilt: [],
  },
  {
    prompt: "a concert ticket app, maximum 4 tickets per person",
    rules: ["concert-ticket-reservation: person at most 4 people"],
    unbuilt: [],
  },
  {
    prompt: "A school app: parents report absences before 9am, teachers can see all absences",
    rules: [],
    unbuilt: ["before 9am", "teachers can see all absences"],
  },
  {
    prompt: "Quotes above 10k require my approval before they are sent",
    rules: [],
    unbuilt: ["Quotes above 10k require my approval before they are sent"],
  },
  {
    prompt: "A food delivery app which only accepts orders over $15",
    rules: [],
    unbuilt: ["only accepts orders over $15"],
  },
  {
    prompt: "gym app, members only, classes limited to 15 people",
    rules: ["class-booking: everybody at most 15 per class_name"],
    unbuilt: ["members only"],
  },
  {
    prompt:
      "I need a parking app where residents reserve parking spaces. One reservation per resident. No reservations on holidays.",
    rules: ["parking-space-reservation: person at most 1"],
    unbuilt: ["No reservations on holidays"],
  },
  {
    prompt: "Gardeners book visits, never on Sundays, and no visits before 8am",
    rules: ["visit-booking: date on 123456", "visit-booking: time in 08:00-24:00"],
    unbuilt: [],
  },
  {
    prompt: "Speaks German and English: an app for hotel guests to order room service until 22:00",
    rules: [],
    unbuilt: ["until 22:00"],
  },
  {
    prompt: "Clients may reschedule consultations until 1 day before, and must not cancel them.",
    rules: ["consultation-booking: change 24h before date", "consultation-booking: never end"],
    unbuilt: [],
  },
  {
    prompt: "Customer support chat for my webshop, refunds under $20 are automatic",
    rules: ["refund-handler: operator approves amount >= 20"],
    unbuilt: [],
  },
  {
    prompt: "Manager approval for expenses over $500, otherwise automatic",
    rules: ["expense-claim: operator approves amount > 500"],
    unbuilt: [],
  },
  {
    prompt: "I want to approve every booking myself. It's a photography studio.",
    rules: ["session-booking: operator approves all"],
    unbuilt: [],
  },
  {
    prompt: "If an order is bigger than 20 cupcakes a human must approve it. It's for my bakery.",
    rules: ["cake-orders: operator approves quantity > 20"],
    unbuilt: [],
  },
  {
    prompt: "Build an app for travel requests; anything above 2,000 euros must be signed off by the director",
    rules: ["travel-request: operator approves amount > 2000"],
    unbuilt: [],
  },
  {
    prompt: "A tutoring app: lessons only in the afternoon",
    rules: ["lesson-booking: time in 12:00-18:00"],
    unbuilt: [],
  },
  {
    prompt:
      "people order pizza, max 10 pizzas per order, orders over 5 pizzas need confirmation by the customer",
    rules: ["pizza-orders: quantity in ..10", "pizza-orders: user approves quantity > 5"],
    unbuilt: [],
  },
];
