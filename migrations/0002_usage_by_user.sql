CREATE TABLE `usage_by_user` (
	`enterprise_id` text NOT NULL,
	`period` text NOT NULL,
	`user_id` text NOT NULL,
	`input` integer NOT NULL,
	`cache_read` integer NOT NULL,
	`cache_write` integer NOT NULL,
	`output` integer NOT NULL,
	`reasoning` integer NOT NULL,
	`calls` integer NOT NULL,
	`cost_nano` text NOT NULL,
	`incarnation` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `period`, `user_id`)
);
