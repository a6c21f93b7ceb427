/** A line of business, and what its app does when the prompt names nothing else. */
export type Business = {
  /** Words that name it, in the singular. */
  words: string[];
  people: string;
  /** `verb object` pairs, read like clauses of the prompt. */
  tasks: string[];
  /** What can be booked or ordered, as choices. */
  offers?: string[];
};

function business(words: string, people: string, tasks: string[], offers?: string[]): Business {
  return { words: words.split("|"), people, tasks, ...(offers ? { offers } : {}) };
}

export const BUSINESSES: readonly Business[] = [
  business(
    "dentist|dental clinic|dental practice|dental|orthodontist",
    "patients",
    ["book appointments", "answer questions"],
    ["Check-up", "Cleaning", "Filling", "Whitening"],
  ),
  business(
    "vet|vet clinic|vet practice|veterinary clinic|veterinarian|animal hospital|pet clinic",
    "pet owners",
    ["book appointments", "answer questions"],
    ["Check-up", "Vaccination", "Dental care", "Surgery"],
  ),
  business(
    "doctor|clinic|medical practice|gp|hospital|surgery|health centre|health center|physiotherapist|therapist",
    "patients",
    ["book appointments", "fill intake forms"],
    ["Consultation", "Check-up", "Follow-up"],
  ),
  business(
    "gym|fitness studio|fitness club|crossfit box",
    "members",
    ["book classes", "cancel memberships"],
    ["Spin", "Strength", "HIIT", "Pilates"],
  ),
  business(
    "yoga studio|pilates studio|dance studio|dance school",
    "members",
    ["book classes", "answer questions"],
    ["Beginners", "Intermediate", "Advanced"],
  ),
  business(
    "hair salon|salon|barber|barbershop|hairdresser|spa|nail salon|beauty salon",
    "clients",
    ["book appointments", "leave reviews"],
    ["Haircut", "Colour", "Styling", "Treatment"],
  ),
  business(
    "bakery|baker|cake shop|patisserie|pastry shop",
    "customers",
    ["order cakes", "answer questions"],
    ["Birthday cake", "Cheesecake", "Cupcakes", "Wedding cake"],
  ),
  business("restaurant|cafe|bistro|pizzeria|diner|bar|pub|coffee shop", "guests", [
    "reserve tables",
    "answer questions",
  ]),
  business(
    "hotel|hostel|guest house|bed and breakfast|b&b|campsite",
    "guests",
    ["reserve rooms", "answer questions"],
    ["Single", "Double", "Suite"],
  ),
  business(
    "law firm|lawyer|attorney|solicitor|legal practice",
    "clients",
    ["book consultations", "fill intake forms"],
    ["Family law", "Employment", "Property", "Criminal defence"],
  ),
  business(
    "accountant|bookkeeper|accounting firm|tax advisor",
    "clients",
    ["book consultations", "send invoices"],
    ["Tax return", "Bookkeeping", "Payroll"],
  ),
  business("school|kindergarten|nursery|academy|college|university", "parents", [
    "report absences",
    "answer questions",
  ]),
  business(
    "tutor|language school|tutoring company|driving school|music school",
    "students",
    ["book lessons", "answer questions"],
    ["Beginner", "Intermediate", "Advanced"],
  ),
  business("landlord|property manager|property management|housing association|letting agency", "tenants", [
    "report repairs",
    "answer questions",
  ]),
  business("real estate|estate agent|realtor|real estate agency", "buyers", [
    "find properties",
    "book viewings",
  ]),
  business(
    "event organiser|event organizer|conference|festival|meetup|event agency|wedding planner",
    "guests",
    ["register for events", "answer questions"],
  ),
  business(
    "car repair|garage|mechanic|auto shop|car workshop|repair shop|bike shop|bike workshop",
    "customers",
    ["book repairs", "get quotes"],
    ["Oil change", "Brakes", "Tyres", "Inspection"],
  ),
  business("charity|nonprofit|non-profit|ngo|food bank|animal shelter|rescue", "supporters", [
    "donate items",
    "volunteer for shifts",
  ]),
  business("library|bookshop|bookstore", "readers", ["find books", "reserve books"]),
  business("freelancer|consultant|agency|design studio|contractor", "clients", [
    "get quotes",
    "check invoices",
  ]),
  business(
    "online shop|webshop|ecommerce|e-commerce|online store|store|shop|retailer|boutique",
    "customers",
    ["track orders", "return items"],
  ),
  business("saas|software company|it department|it desk|startup", "users", [
    "report issues",
    "answer questions",
  ]),
  business("hr|human resource|hr department|hr team|people team", "employees", [
    "request leave",
    "answer questions",
  ]),
  business(
    "plumber|electrician|cleaning company|cleaner|handyman|gardener|landscaper|roofer|painter|moving company",
    "customers",
    ["get quotes", "book visits"],
  ),
  business("insurance|insurer|insurance company|insurance broker", "customers", [
    "file claims",
    "get quotes",
  ]),
  business("courier|delivery company|logistics|shipping company", "customers", [
    "track deliveries",
    "file complaints",
  ]),
  business("museum|gallery|zoo|theatre|theater|cinema", "visitors", ["reserve tickets", "answer questions"]),
  business("church|mosque|temple|club|sports club|football club|association|community", "members", [
    "register for events",
    "answer questions",
  ]),
  business("travel agency|tour operator|tour company", "travellers", ["book tours", "answer questions"]),
  business("farm|market garden|farm shop|brewery|winery|florist|butcher|grocery", "customers", [
    "order boxes",
    "answer questions",
  ]),
  business("recruiter|recruitment agency|staffing agency", "candidates", [
    "apply for jobs",
    "answer questions",
  ]),
  business(
    "dog walker|pet sitter|dog groomer|pet groomer|pet grooming|dog daycare|kennel",
    "pet owners",
    ["book appointments", "leave reviews"],
    ["Short walk", "Long walk", "Grooming", "Day care"],
  ),
  business(
    "photographer|photography|photography business|photo studio|videographer|makeup artist",
    "clients",
    ["book sessions", "get quotes"],
    ["Portrait", "Wedding", "Family", "Product"],
  ),
  business("personal trainer|fitness coach|nutritionist|dietitian", "clients", [
    "request workout plans",
    "book sessions",
  ]),
  business("phone repair|computer repair|laptop repair|phone repair shop|computer repair shop", "customers", [
    "request repairs",
    "get quotes",
  ]),
  business("car dealership|car dealer|dealership", "buyers", ["find cars", "book test drives"]),
  business(
    "tattoo studio|piercing studio",
    "clients",
    ["book sessions", "fill intake forms"],
    ["Small piece", "Large piece", "Touch-up"],
  ),
  business("bank|credit union|fintech", "customers", ["file complaints", "answer questions"]),
];
