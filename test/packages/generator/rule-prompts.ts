/** Prompts with conditions; below each, with +, what becomes a rule of which workflow, and with -, what is named as not built. */
const TEXT = `
A shop app where refunds over $50 need my approval
  + refund-handler: operator approves amount > 50
Build a refund app. Refunds over $50 need manager approval.
  + refund-handler: operator approves amount > 50
Customers order cakes; orders above 10 items need approval
  + cake-orders: operator approves quantity > 10
Employees claim expenses, expenses under €100 are approved automatically
  + expense-claim: operator approves amount >= 100
A dentist app where patients book appointments only on weekdays between 9 and 17
  + appointment-booking: date on 12345
  + appointment-booking: time in 09:00-17:00
A hair salon app: clients book appointments, not on Sundays
  + appointment-booking: date on 123456
Restaurant app with reservations for no more than 6 guests, at least 24 hours ahead
  + table-reservation: people in ..6
  + table-reservation: make 24h before date
An app for a yoga studio so members can book classes, at most 3 per person
  + class-booking: person at most 3
A workshop registration app, maximum 20 seats per workshop
  + workshop-registration: everybody at most 20 seats per title
Guests can reserve tables between 17:00 and 22:00, closed on Mondays
  + table-reservation: time in 17:00-22:00
  + table-reservation: date on 023456
A booking app with no double bookings
  + appointment-booking: everybody at most 1 per date+time
All refunds need my approval
  + refund-handler: operator approves all
Appointments can't be cancelled
  + appointment-booking: never end
Only staff can cancel reservations
  + table-reservation: never end
A bike rental app where bikes are rented for at most 7 days
  + bike-reservation: days(first_day..last_day) in ..7
An app to book tours only on Mondays
  + tour-booking: date on 1
no bookings on Sundays for my barber shop
  + appointment-booking: date on 123456
Physio practice where patients book appointments, no later than 6pm, Monday to Friday
  + appointment-booking: time in 00:00-18:00
  + appointment-booking: date on 12345
Let people reserve tennis courts, one per day per person
  + tennis-court-reservation: person at most 1 per date
Expenses need sign-off by a manager if they exceed £250
  + expense-claim: operator approves amount > 250
Only refunds above 30 dollars require the owner's okay
  + refund-handler: operator approves amount > 30
Our clinic takes appointments on Tuesdays, Wednesdays and Thursdays only
  + appointment-booking: date on 234
Clients book a massage at least two days in advance
  + massage-booking: make 48h before date
Groups of 4 to 12 people register for tours
  + tour-registration: seats in 4..12
A swimming school where parents book lessons, maximum of 2 lessons per child
  + lesson-booking: person at most 2
Orders of at least 6 bottles; the app is for a wine shop where people order wine
  + wine-orders: quantity in 6..
Leave of 3 days or more must be approved by my manager; employees request leave
  + leave-request: operator approves days(first_day..last_day) >= 3
Employees request leave at least 14 days ahead
  + leave-request: make 336h before first_day
No reservations for fewer than 2 people in my bistro
  + table-reservation: people in 2..
An app where guests reserve rooms for up to 10 nights
  - guests reserve rooms for up to 10 nights
Tickets can't be changed or cancelled. It's an app for a cinema where people book tickets.
  + ticket-reservation: never end
  + ticket-reservation: never change
Patients can cancel appointments up to 24 hours before
  + appointment-booking: end 24h before date
Expense app for our company. Staff submit expenses with receipts for approval by their manager if they cost more than 200 euros
  + expense-claim: operator approves amount > 200
A cake shop where customers order cakes at least 3 days ahead, minimum 2 cakes per order
  + cake-orders: make 72h before pickup_on
  + cake-orders: quantity in 2..
Hotel guests book spa treatments between 10am and 8pm, one booking per person per day
  + spa-treatment-booking: time in 10:00-20:00
  + spa-treatment-booking: person at most 1 per date
Our climbing gym: members book climbing classes, max 12 people per class, only on Tuesdays and Thursdays
  + climbing-class-booking: everybody at most 12 per climbing_class_name
  - only on Tuesdays and Thursdays
I want an app for my driving school. Learners book lessons Monday to Saturday, 8:00 to 20:00, and can't cancel later than 48 hours before.
  + lesson-booking: date on 123456
  + lesson-booking: time in 08:00-20:00
  + lesson-booking: end 48h before date
Make a help desk where employees open tickets. Only IT staff can close tickets.
  + issue-tickets: never end
Purchase requests over $1,000 need approval from finance
  + purchase-request: operator approves amount > 1000
An event app where people register for workshops with no more than 5 seats each
  + workshop-registration: seats in ..5
Charity app: donations of at least $5, no anonymous donations
  - donations of at least $5
A library app: readers reserve books, at most 5 books per reader, loans up to 21 days
  + book-reservation: person at most 5
  + book-reservation: days(first_day..last_day) in ..21
A vet clinic bot in English and French. Pet owners book appointments on weekdays only.
  + appointment-booking: date on 12345
Build a tool for landlords; tenants report repairs. Repairs above $500 need the landlord's permission.
  - Repairs above $500 need the landlord's permission
A doctor's practice where patients book appointments but not on weekends or after 6pm
  + appointment-booking: date on 12345
  + appointment-booking: time in 00:00-18:00
Salon booking with no double bookings and at least 2 hours notice
  + appointment-booking: everybody at most 1 per date+time
  + appointment-booking: make 2h before date
Restaurant reservations for 2 to 8 people, only between 18:00 and 23:00, never on Mondays
  + table-reservation: people in 2..8
  + table-reservation: time in 18:00-23:00
  + table-reservation: date on 023456
Students can book a tutor, two lessons per week at most
  - two lessons per week at most
An app for volunteers to sign up for shifts. Each volunteer can take at most 2 shifts per day.
  + shift-sign-up: person at most 2 per day
HR app: employees request leave, managers approve leave requests, employees only see their own requests
  + leave-request: operator approves all
Leave requests of more than 10 days must be approved by HR
  + leave-request: operator approves days(first_day..last_day) > 10
a shop app with order tracking and refunds but without exchanges
Customer support chat for my webshop, no phone calls, refunds under $20 are automatic
  + refund-handler: operator approves amount >= 20
A meeting room app: rooms can be booked during office hours only
  + room-reservation: time in 09:00-17:00
Drivers log deliveries and customers track deliveries
An insurance app where claims over 5000 EUR need sign-off by a supervisor
  + claim-desk: operator approves amount > 5000
Build an app that lets people rent tools for up to 14 days, without a deposit
  + tool-reservation: days(first_day..last_day) in ..14
a concert ticket app, maximum 4 tickets per person
  + concert-ticket-reservation: person at most 4 people
A school app: parents report absences before 9am, teachers can see all absences
  - before 9am
  - teachers can see all absences
Quotes above 10k require my approval before they are sent
  - Quotes above 10k require my approval before they are sent
A food delivery app which only accepts orders over $15
  - only accepts orders over $15
gym app, members only, classes limited to 15 people
  + class-booking: everybody at most 15 per class_name
  - members only
I need a parking app where residents reserve parking spaces. One reservation per resident. No reservations on holidays.
  + parking-space-reservation: person at most 1
  - No reservations on holidays
Gardeners book visits, never on Sundays, and no visits before 8am
  + visit-booking: date on 123456
  + visit-booking: time in 08:00-24:00
Speaks German and English: an app for hotel guests to order room service until 22:00
  - until 22:00
Clients may reschedule consultations until 1 day before, and must not cancel them.
  + consultation-booking: change 24h before date
  + consultation-booking: never end
Customer support chat for my webshop, refunds under $20 are automatic
  + refund-handler: operator approves amount >= 20
Manager approval for expenses over $500, otherwise automatic
  + expense-claim: operator approves amount > 500
I want to approve every booking myself. It's a photography studio.
  + session-booking: operator approves all
If an order is bigger than 20 cupcakes a human must approve it. It's for my bakery.
  + cake-orders: operator approves quantity > 20
Build an app for travel requests; anything above 2,000 euros must be signed off by the director
  + travel-request: operator approves amount > 2000
A tutoring app: lessons only in the afternoon
  + lesson-booking: time in 12:00-18:00
people order pizza, max 10 pizzas per order, orders over 5 pizzas need confirmation by the customer
  + pizza-orders: quantity in ..10
  + pizza-orders: user approves quantity > 5
`;

export const RULE_PROMPTS: readonly { prompt: string; rules: string[]; unbuilt: string[] }[] = TEXT.trim()
  .split(/\n(?! )/)
  .map((block) => {
    const [prompt = "", ...lines] = block.split("\n");
    const marked = (mark: string) =>
      lines.filter((it) => it.startsWith(`  ${mark} `)).map((it) => it.slice(4));
    return { prompt, rules: marked("+"), unbuilt: marked("-") };
  });
