CREATE TABLE `identity` (
	`enterprise_id` text PRIMARY KEY NOT NULL,
	`algorithm` text,
	`public_keys` text DEFAULT '[]' NOT NULL,
	`origins` text DEFAULT '[]' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `used_token` (
	`enterprise_id` text NOT NULL,
	`jti` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `jti`)
);
--> statement-breakpoint
CREATE INDEX `used_token_expiry` ON `used_token` (`enterprise_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `visitor` (
	`realm` text NOT NULL,
	`external_id` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`realm`, `external_id`)
);
--> statement-breakpoint
CREATE INDEX `visitor_user` ON `visitor` (`user_id`);--> statement-breakpoint
CREATE TABLE `api_key` (
	`key_id` text PRIMARY KEY NOT NULL,
	`enterprise_id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer
);
--> statement-breakpoint
CREATE INDEX `api_key_enterprise` ON `api_key` (`enterprise_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `key_seat` (
	`key_id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`chat_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`key_id`, `chat_id`)
);
--> statement-breakpoint
CREATE INDEX `key_seat_enterprise` ON `key_seat` (`enterprise_id`,`at`);