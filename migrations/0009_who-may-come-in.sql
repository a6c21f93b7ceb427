CREATE TABLE `end_user` (
	`enterprise_id` text NOT NULL,
	`user_id` text NOT NULL,
	`roles` text DEFAULT '[]' NOT NULL,
	`admitted` integer,
	`roles_at` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`enterprise_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `invitation` (
	`invitation_id` text PRIMARY KEY NOT NULL,
	`enterprise_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_token` ON `invitation` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_address` ON `invitation` (`enterprise_id`,`email`);--> statement-breakpoint
CREATE TABLE `invited_address` (
	`enterprise_id` text NOT NULL,
	`email` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `email`)
);
--> statement-breakpoint
ALTER TABLE `enterprise` ADD `visibility` text DEFAULT 'public' NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprise` ADD `join_hash` text;--> statement-breakpoint
ALTER TABLE `enterprise` ADD `join_made_at` integer;--> statement-breakpoint
ALTER TABLE `app_version` ADD `roles` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `workflow` ADD `roles` text DEFAULT '[]' NOT NULL;