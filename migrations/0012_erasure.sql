CREATE TABLE `erasure` (
	`realm` text NOT NULL,
	`user_id` text NOT NULL,
	`next_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`realm`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `erasure_due` ON `erasure` (`next_at`);